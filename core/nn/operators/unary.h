#pragma once

#include <string_view>

namespace hounsfield::nn {

/// Two numbers that an activation's attributes name.
struct Parameters {
    double alpha = 0;
    double beta = 0;
    bool isExact = true; ///< Gelu by erf, not by tanh
};

/// One elementwise function of ONNX with its derivative dy/dx from x and y.
struct Unary {
    std::string_view name;
    unsigned types; ///< bits of ElementType
    double alpha;   ///< fallbacks of the attributes alpha and beta (gamma of Selu)
    double beta;
    double (*value)(double x, const Parameters&);
    double (*slope)(double x, double y, const Parameters&); ///< null: no gradient
};

/// Null when there is no such function.
const Unary* findUnary(std::string_view name);

} // namespace hounsfield::nn
