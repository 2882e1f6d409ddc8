#include "spie/feel/function.hpp"

#include <algorithm>

namespace spie::feel {

Value Function::call_named(Evaluation &evaluation, std::span<const std::string> names,
                           std::span<const Value> arguments) const {
  const std::vector<Parameter> declared = parameters();
  std::vector<Value> ordered(declared.size());
  std::vector<bool> given(declared.size(), false);
  for (std::size_t i = 0; i < names.size() && i < arguments.size(); ++i) {
    const auto found = std::find_if(declared.begin(), declared.end(),
                                    [&](const Parameter &parameter) { return parameter.name == names[i]; });
    const std::string of = name().empty() ? "the function" : "`" + name() + "`";
    if (found == declared.end())
      return evaluation.error(Code::feel_argument, of + " has no parameter `" + names[i] + "`");
    const auto index = static_cast<std::size_t>(found - declared.begin());
    if (given[index])
      return evaluation.error(Code::feel_argument, of + " is given its parameter `" + names[i] + "` twice");
    given[index] = true;
    ordered[index] = arguments[i];
  }
  return call(evaluation, ordered);
}

} // namespace spie::feel
