#include "ui/synthesis/pair_record.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include "core/base/atomic_file.h"

#include <algorithm>
#include <array>

namespace hounsfield::synthesising {

using synthesis::GeneratorJudgement;
using synthesis::Measures;
using synthesis::PairRun;
using synthesis::TrialResult;
namespace fs = std::filesystem;

namespace {

constexpr const char* wishFile = "wish.json";
constexpr const char* judgedFile = "judged.json";
constexpr const char* trialFile = "tried.json";
constexpr const char* blindFile = "blind.json";
constexpr const char* momentFolder = "samples";

QString plain(const std::string& words)
{
    return QString::fromStdString(words);
}

Result<void> write(const fs::path& file, const QJsonObject& object)
{
    return writeAtomically(file, QJsonDocument(object).toJson().toStdString());
}

/// Empty when it is not there; what cannot be understood is as if it were not there, for it can be made anew.
QJsonObject read(const fs::path& file)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return {};
    const auto words = readFile(file, std::size_t{1} << 24);
    return words ? QJsonDocument::fromJson(QByteArray::fromStdString(*words)).object() : QJsonObject();
}

QJsonObject objectOf(const Text& text)
{
    QJsonArray values, texts;
    for (const std::string& value : text.values)
        values << plain(value);
    for (const Text& one : text.texts)
        texts << objectOf(one);
    return {{"context", plain(text.context)}, {"sentence", plain(text.sentence)}, {"values", values}, {"texts", texts}};
}

Text textOf(const QJsonObject& object)
{
    Text text{object["context"].toString().toStdString(), object["sentence"].toString().toStdString(), {}, {}};
    for (const auto& value : object["values"].toArray())
        text.values.push_back(value.toString().toStdString());
    for (const auto& one : object["texts"].toArray())
        text.texts.push_back(textOf(one.toObject()));
    return text;
}

QJsonValue valueOf(const learning::Figure& figure)
{
    if (!figure.value)
        return {};
    return QJsonArray{*figure.value, figure.low, figure.high, static_cast<double>(figure.n)};
}

learning::Figure figureOf(const QJsonValue& value)
{
    const QJsonArray numbers = value.toArray();
    if (numbers.size() != 4)
        return {};
    return {numbers[0].toDouble(), numbers[1].toDouble(), numbers[2].toDouble(),
        static_cast<std::int64_t>(numbers[3].toDouble())};
}

QJsonValue valueOf(const std::optional<Measures>& measures)
{
    if (!measures)
        return {};
    const auto& n = measures->neighbours;
    return QJsonArray{measures->frechetDistance, measures->kernelDistance.mean,
        measures->kernelDistance.standardDeviation, n.precision, n.recall, n.density, n.coverage};
}

std::optional<Measures> measuresOf(const QJsonValue& value)
{
    const QJsonArray numbers = value.toArray();
    if (numbers.size() != 7)
        return std::nullopt;
    Measures measures;
    measures.frechetDistance = numbers[0].toDouble();
    measures.kernelDistance.mean = numbers[1].toDouble();
    measures.kernelDistance.standardDeviation = numbers[2].toDouble();
    measures.neighbours = {numbers[3].toDouble(), numbers[4].toDouble(), numbers[5].toDouble(), numbers[6].toDouble()};
    return measures;
}

struct FigureRow {
    const char* key;
    learning::Figure GeneratorJudgement::*figure;
};
constexpr std::array figureRows{FigureRow{"tstr", &GeneratorJudgement::tstr},
    FigureRow{"trtr", &GeneratorJudgement::trtr}, FigureRow{"copies", &GeneratorJudgement::copies},
    FigureRow{"membership", &GeneratorJudgement::membership}};

std::optional<GeneratorJudgement> judgementIn(const fs::path& folder)
{
    const QJsonObject object = read(folder / judgedFile);
    if (object.isEmpty())
        return std::nullopt;
    GeneratorJudgement judged;
    judged.n = static_cast<std::int64_t>(object["n"].toDouble());
    judged.features = object["features"].toString().toStdString();
    judged.measures = measuresOf(object["measures"]);
    judged.trainToTest = measuresOf(object["train_to_test"]);
    if (const QJsonArray floor = object["floor"].toArray(); floor.size() == 6) {
        judged.floor.emplace();
        for (const auto& figure : floor)
            judged.floor->figures.push_back(figureOf(figure));
    }
    if (object["recognised"].isDouble())
        judged.recognised = object["recognised"].toDouble();
    for (const auto& [key, figure] : figureRows)
        judged.*figure = figureOf(object[QLatin1String(key)]);
    judged.copiesOfHeldOut = object["copies_of_held_out"].toDouble();
    const QJsonObject missing = object["missing"].toObject();
    for (auto one = missing.begin(); one != missing.end(); ++one)
        judged.missing[one.key().toStdString()] = textOf(one.value().toObject());
    return judged;
}

std::optional<TrialResult> trialIn(const fs::path& folder)
{
    const QJsonObject object = read(folder / trialFile);
    if (object.isEmpty())
        return std::nullopt;
    TrialResult trial;
    for (const auto& figure : object["auc"].toArray())
        trial.auc.push_back(figureOf(figure));
    trial.difference = figureOf(object["difference"]);
    trial.verdict = textOf(object["verdict"].toObject());
    for (const auto& note : object["notes"].toArray())
        trial.notes.push_back(note.toString().toStdString());
    return trial;
}

std::optional<PairWish> wishIn(const fs::path& folder)
{
    const QJsonObject object = read(folder / wishFile);
    if (object.isEmpty())
        return std::nullopt;
    PairWish wish;
    wish.network = object["network"].toString().toStdString();
    wish.size = static_cast<std::int64_t>(object["size"].toDouble());
    wish.data.data = object["data"].toString().toStdString();
    wish.data.test = object["test"].toString().toStdString();
    wish.data.table = object["table"].toString().toStdString();
    const QJsonObject options = object["options"].toObject();
    for (auto one = options.begin(); one != options.end(); ++one)
        wish.options[one.key().toStdString()] = one.value().toString().toStdString();
    return wish;
}

std::vector<BlindScore> blindIn(const fs::path& folder)
{
    std::vector<BlindScore> scores;
    for (const auto& value : read(folder / blindFile)["tests"].toArray()) {
        const QJsonObject one = value.toObject();
        scores.push_back({static_cast<std::int64_t>(one["images"].toDouble()),
            static_cast<std::int64_t>(one["right"].toDouble()), one["when"].toString().toStdString()});
    }
    return scores;
}

} // namespace

bool PairWish::operator==(const PairWish& other) const
{
    return network == other.network && size == other.size && options == other.options && data.data == other.data.data
           && data.test == other.data.test && data.table == other.data.table;
}

Result<PairRecord> readRecord(const fs::path& folder)
{
    PairRecord record;
    record.folder = folder;
    record.wish = wishIn(folder);
    std::error_code ignored;
    if (fs::exists(folder / "run.json", ignored))
        record.run = TRY(synthesis::readPairRun(folder));
    else if (!record.wish)
        return badInput(text("synthesis", "This is no folder of a training of a pair."), folder.string(),
            text("synthesis", "Choose a folder with a generator.onnx in it."));
    if (record.run)
        record.run->folder = folder;
    record.judged = judgementIn(folder);
    record.trial = trialIn(folder);
    record.blind = blindIn(folder);
    return record;
}

Result<void> keep(const fs::path& folder, const PairWish& wish)
{
    QJsonObject options;
    for (const auto& [name, value] : wish.options)
        options[plain(name)] = plain(value);
    TRY(makeFolder(folder));
    return write(
        folder / wishFile, {{"network", plain(wish.network)}, {"size", static_cast<double>(wish.size)},
                               {"options", options}, {"data", plain(wish.data.data.string())},
                               {"test", plain(wish.data.test.string())}, {"table", plain(wish.data.table.string())}});
}

Result<void> keep(const fs::path& folder, const GeneratorJudgement& judged)
{
    QJsonObject object{{"n", static_cast<double>(judged.n)}, {"features", plain(judged.features)},
        {"measures", valueOf(judged.measures)}, {"train_to_test", valueOf(judged.trainToTest)},
        {"copies_of_held_out", judged.copiesOfHeldOut}};
    if (judged.floor) {
        QJsonArray floor;
        for (const auto& figure : judged.floor->figures)
            floor << valueOf(figure);
        object["floor"] = floor;
    }
    if (judged.recognised)
        object["recognised"] = *judged.recognised;
    for (const auto& [key, figure] : figureRows)
        object[QLatin1String(key)] = valueOf(judged.*figure);
    QJsonObject missing;
    for (const auto& [key, reason] : judged.missing)
        missing[plain(key)] = objectOf(reason);
    object["missing"] = missing;
    return write(folder / judgedFile, object);
}

Result<void> keep(const fs::path& folder, const TrialResult& trial)
{
    QJsonArray auc, notes;
    for (const auto& figure : trial.auc)
        auc << valueOf(figure);
    for (const std::string& note : trial.notes)
        notes << plain(note);
    return write(folder / trialFile, {{"auc", auc}, {"difference", valueOf(trial.difference)},
                                         {"verdict", objectOf(trial.verdict)}, {"notes", notes}});
}

Result<void> keep(const fs::path& folder, const std::vector<BlindScore>& blind)
{
    QJsonArray tests;
    for (const BlindScore& one : blind)
        tests << QJsonObject{{"images", static_cast<double>(one.images)}, {"right", static_cast<double>(one.right)},
            {"when", plain(one.when)}};
    return write(folder / blindFile, {{"tests", tests}});
}

Result<void> keep(const fs::path& folder, const Moment& moment)
{
    if (moment.images.empty())
        return {};
    const QSize one = moment.images.front().size();
    const auto count = static_cast<int>(moment.images.size());
    const auto columns = static_cast<int>(std::min<std::int64_t>(moment.perClass, count));
    QImage all(one.width() * columns, one.height() * (count / columns), QImage::Format_RGB32);
    QPainter painter(&all);
    for (int i = 0; i < count; ++i)
        painter.drawImage(
            i % columns * one.width(), i / columns * one.height(), moment.images[static_cast<std::size_t>(i)]);
    painter.end();
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    all.save(&bytes, "PNG");
    TRY(makeFolder(folder / momentFolder));
    const std::string name =
        QStringLiteral("step-%1.synthetic.png").arg(moment.step, 9, 10, QLatin1Char('0')).toStdString();
    return writeAtomically(folder / momentFolder / name,
        std::as_bytes(std::span(bytes.data().constData(), static_cast<std::size_t>(bytes.data().size()))));
}

std::map<std::int64_t, fs::path> momentFiles(const fs::path& folder)
{
    std::map<std::int64_t, fs::path> files;
    std::error_code problem;
    for (fs::directory_iterator entries(folder / momentFolder, problem);
         !problem && entries != fs::directory_iterator(); entries.increment(problem)) {
        const QString name = plain(entries->path().filename().string());
        bool isNumber = false;
        const qlonglong step = name.section(QLatin1Char('-'), 1).section(QLatin1Char('.'), 0, 0).toLongLong(&isNumber);
        if (isNumber && name.endsWith(QLatin1String(".synthetic.png")))
            files[step] = entries->path();
    }
    return files;
}

Moment momentOf(std::int64_t step, const QImage& picture, std::int64_t classes)
{
    Moment moment{step, {}, synthesis::gridImages};
    const int width = picture.width() / static_cast<int>(synthesis::gridImages);
    const int height = picture.height() / std::max(1, static_cast<int>(classes));
    for (int c = 0; c < classes && width > 0 && height > 0; ++c)
        for (int i = 0; i < synthesis::gridImages; ++i)
            moment.images.push_back(picture.copy(i * width, c * height, width, height));
    return moment;
}

} // namespace hounsfield::synthesising
