#pragma once

#include "app/cli/bench_networks.h"
#include "core/nn/executor.h"

namespace hounsfield::cli {

/// DCGAN (Radford et al. 2015) for images of 64 × 64: noise of 100 numbers, 512 channels at 4 × 4 … 64 at 32 × 32, and
/// its mirror as discriminator.
nn::Graph benchGenerator();
nn::Graph benchDiscriminator();

/// A generator and a discriminator in training, each with an executor and an optimizer of its own.
class BenchPair {
  public:
    static Result<BenchPair> plan(const BenchNetwork& network, std::int64_t batch, int threads);

    /// Takes real images and noise of a step.
    Result<void> load(std::uint32_t step);
    /// One step of the discriminator on real and made images, one of the generator; the sum of their losses (binary
    /// cross entropy).
    Result<double> train();
    /// The weights as they were at the start.
    void restore();

  private:
    struct Side {
        std::shared_ptr<const nn::Graph> graph; ///< has the weights of the start
        std::shared_ptr<nn::Weights> weights;
        nn::Executor executor;
        nn::Optimizer optimizer;
        std::string output;

        void update(std::int64_t number, double rate);
    };
    BenchPair(Side generator, Side discriminator)
        : m_generator(std::move(generator))
        , m_discriminator(std::move(discriminator))
    {
    }
    /// Gradients go to all weights, and to the input where it is an image.
    static Result<Side> sideOf(nn::Graph network, nn::Shape input, const nn::OptimizerOptions& options, int threads);
    /// Scores what lies in the discriminator; its gradient is handed in.
    Result<double> judge(float target);

    Side m_generator, m_discriminator;
    std::int64_t m_batch = 0, m_step = 0;
    double m_rate = 0;
    std::vector<float> m_real;
};

} // namespace hounsfield::cli
