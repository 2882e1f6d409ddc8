// A finding as the JSON of this part of the library carries it.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/value.hpp"

namespace spie::convention {

inline feel::Value finding_value(const Diagnostic &finding) {
  return feel::Context{{"code", text(finding.code)},
                       {"niveau", text(finding.level)},
                       {"message", finding.message},
                       {"lieu", finding.where},
                       {"remede", finding.remedy.empty() ? std::string(remedy(finding.code)) : finding.remedy}};
}

} // namespace spie::convention
