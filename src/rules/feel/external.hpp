// External functions (DMN 1.5 §10.3.2.13.3, kind Java): there is no Java here; the static methods of java.lang that
// models use for arithmetic and text have stand-ins.
#pragma once

#include "spie/feel/function.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace spie::feel {

// "java.lang.Math", "max(double, double)"; nullptr when there is no stand-in.
std::shared_ptr<const Function> find_external(std::string_view class_name, std::string_view signature,
                                              std::vector<Parameter> parameters);

} // namespace spie::feel
