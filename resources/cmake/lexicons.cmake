# Writes the tables of resources/lexicons into a source file, so that the installed program needs no path.
# cmake -DOUTPUT=file.cpp -DTABLES=a.csv,b.csv -P lexicons.cmake

set(pieceLength 8000)  # compilers need not take longer literals; neighbouring ones are joined
set(arrays "")
string(REPLACE "," ";" TABLES "${TABLES}")
foreach(table ${TABLES})
    get_filename_component(name ${table} NAME)
    file(READ ${table} hex HEX)
    string(LENGTH "${hex}" length)
    string(APPEND arrays "    {\"${name}\",\n")
    set(at 0)
    while(at LESS length)
        string(SUBSTRING "${hex}" ${at} ${pieceLength} piece)
        string(REGEX REPLACE "(..)" "\\\\x\\1" piece "${piece}")
        string(APPEND arrays "        \"${piece}\"\n")
        math(EXPR at "${at} + ${pieceLength}")
    endwhile()
    string(APPEND arrays "    },\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"core/reports/lexicon_tables.h\"

namespace hounsfield::reports {

namespace {

constexpr LexiconTable tables[] = {
${arrays}};

} // namespace

std::span<const LexiconTable> lexiconTables()
{
    return tables;
}

} // namespace hounsfield::reports
")
