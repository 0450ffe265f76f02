#include "app/cli/verbs.h"

#include "app/cli/bench.h"
#include "app/cli/conformance.h"
#include "app/cli/demo.h"
#include "app/cli/diagnose.h"
#include "app/cli/evaluate.h"
#include "app/cli/explain.h"
#include "app/cli/info.h"
#include "app/cli/networks.h"
#include "app/cli/report_convert.h"
#include "app/cli/report_negation.h"
#include "app/cli/report_read.h"
#include "app/cli/report_train.h"
#include "app/cli/scan.h"
#include "app/cli/synthesise_judge.h"
#include "app/cli/synthesise_sample.h"
#include "app/cli/synthesise_train.h"
#include "app/cli/synthesise_trial.h"
#include "app/cli/train.h"

namespace hounsfield::cli {

std::vector<Verb> verbs()
{
    return {scanVerb(), infoVerb(), trainVerb(), evaluateVerb(), diagnoseVerb(), explainVerb(), networksVerb(),
        demoVerb(), reportReadVerb(), reportNegationVerb(), reportTrainVerb(), reportEvaluateVerb(),
        reportConvertVerb(), synthesiseTrainVerb(), synthesiseSampleVerb(), synthesiseJudgeVerb(),
        synthesiseTrialVerb(), conformanceVerb(), benchVerb()};
}

} // namespace hounsfield::cli
