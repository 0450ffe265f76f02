#pragma once

#include "core/nn/steps/step.h"

namespace hounsfield::nn {

/// The products between the two images of a convolution: the fine one that it reads, and the coarse one that it makes,
/// whose pixels stand some strides apart. A convolution goes from fine to coarse and its input gradient back; a
/// transposed convolution is the other way round. The weight gradient is the same product of both images for either.
class StridedProducts {
  public:
    struct Form {
        ImageWindow window; ///< of the convolution
        int groups = 1;
        int fine = 0, coarse = 0; ///< channels of one channel group
        /// Of the weights, coarse × fine × kH × kW in the graph: OutputLast or OutputFirst.
        Weights::Order order = Weights::Order::OutputLast;
    };
    StridedProducts(Program& program, const Form& form)
        : m_program(program)
        , m_form(form)
    {
        m_isFused = form.window.dilationColumn == 1 && form.groups == 1;
        m_taps = form.window.kernelRows * (m_isFused ? 1 : form.window.kernelColumns);
        m_depth = form.fine * (m_isFused ? form.window.kernelColumns : 1);
    }

    /// Rows of the weight gradient [kH][kW][fine][all coarse].
    int gradientRows() const { return m_taps * m_depth; }
    std::int64_t gradientColumns() const { return std::int64_t{m_form.coarse} * m_form.groups; }

    /// Where fine images lie that are read; asked by `toCoarse` and `weightGradient`.
    void readFine(const kernels::Place& at);
    /// Reserves memory for the way to the coarse image, and to the fine one from coarse images that lie so.
    void prepareToCoarse();
    void prepareToFine(const kernels::Extent& fine, const kernels::Extent& coarse, const kernels::Place& coarseAt);

    std::int64_t packTasks() const;
    void pack(std::int64_t task, const float* master);

    void toCoarse(const Images& fine, const Images& coarse, const kernels::Finish& finish) const;
    /// `finish` adds no other image.
    void toFine(const Images& coarse, const Images& fine, const kernels::Finish& finish) const;
    /// Rows firstRow … endRow − 1 of the weight gradient.
    struct GradientRows {
        float* gradient = nullptr;
        int first = 0, end = 0;
        bool isAdded = false; ///< to what is there
    };
    void weightGradient(const Images& fine, const Images& coarse, const GradientRows& rows) const;

  private:
    /// The fine pixels of one phase of the strides: a product over the coarse image. A coarse image of one pixel needs
    /// no zeros around it: each fine pixel is a phase of its own, in which samples are the columns.
    struct Phase {
        int row = 0, column = 0; ///< first pixel
        int rows = 0, columns = 0;
        int taps = 0, depth = 0;
        std::vector<int> tapOffsets;
        std::vector<kernels::PackSegment> segments; ///< of the first channel group
        std::int64_t packed = 0;                    ///< offset in the packed weights of a channel group
    };

    Phase phaseAt(int row, int column, const kernels::Extent& fine, const kernels::Place& coarseAt) const;
    /// Whether a tap meets a coarse pixel, that many fine pixels before or behind the first.
    bool meets(int distance, int stride) const { return m_isOfPixel ? distance == 0 : distance % stride == 0; }
    kernels::PackSegment segment(int row, int column, bool isToFine) const;
    std::int64_t coarseTasks() const;

    Program& m_program;
    Form m_form;
    bool m_isFused = false;   ///< the taps of a kernel row lie side by side
    bool m_isOfPixel = false; ///< the way to the fine image begins at one pixel
    int m_taps = 0, m_depth = 0;
    std::vector<int> m_tapOffsets; ///< in fine images that are read
    std::vector<kernels::PackSegment> m_segments;
    std::vector<Phase> m_phases;
    std::int64_t m_packedGroup = 0, m_packedPhases = 0;
    int m_packed = -1, m_packedBack = -1;
};

} // namespace hounsfield::nn
