#pragma once

#include "ui/synthesis/blind_test_model.h"
#include "ui/synthesis/handout_model.h"
#include "ui/synthesis/samples_model.h"
#include "ui/synthesis/synthesis_model.h"
#include "ui/synthesis/verdict_model.h"

namespace hounsfield::synthesising {

/// Everything the page of synthesis knows; the others speak of the training that the first one shows.
struct SynthesisModels {
    SynthesisModels(SynthesisCore core, shell::BackgroundTasks& tasks)
        : synthesis(std::move(core), tasks)
        , verdict(synthesis)
        , samples(synthesis)
        , blindTest(synthesis)
        , handout(synthesis)
    {
    }
    SynthesisModel synthesis;
    VerdictModel verdict;
    SamplesModel samples;
    BlindTestModel blindTest;
    HandoutModel handout;
};

} // namespace hounsfield::synthesising
