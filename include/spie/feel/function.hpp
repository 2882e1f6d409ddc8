// Functions as FEEL values: built-ins, function literals, business knowledge models, decision services.
#pragma once

#include "spie/feel/evaluation.hpp"
#include "spie/feel/type.hpp"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace spie::feel {

struct Parameter {
  std::string name;
  Type type;
};

class Function : public std::enable_shared_from_this<Function> {
public:
  virtual ~Function() = default;
  // Arguments in order, as they were written. Gives null with F005 for a wrong count.
  virtual Value call(Evaluation &evaluation, std::span<const Value> arguments) const = 0;
  // Arguments by name; what is left out is null. The default puts them in order of parameters().
  virtual Value call_named(Evaluation &evaluation, std::span<const std::string> names,
                           std::span<const Value> arguments) const;
  virtual std::vector<Parameter> parameters() const = 0;
  virtual Type type() const = 0;
  // Whether it may stand where a function of this type is asked for.
  virtual bool conforms_to(const Type &asked) const { return type().conforms_to(asked); }
  virtual std::string name() const { return {}; }  // empty for a function literal
  virtual int depth() const noexcept { return 1; } // as Value::depth: one more than the deepest value it captured
};

} // namespace spie::feel
