// What the texts of a model mean by names that their element neither declares nor requires (decisions of bare models).
#pragma once

#include "rules/dmn/model_impl.hpp"
#include "rules/feel/free_names.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace spie::dmn {

// The inputs that nothing declares, made as decisions name them; each becomes an element once all is bound.
class FreeInputs {
public:
  FreeInputs(std::size_t elements, std::size_t most) : first_(elements), most_(most) {}

  // The slot of a name, a new one where need be; nullopt beyond the limit.
  std::optional<std::uint32_t> slot(const std::string &name);
  std::size_t size() const noexcept { return names_.size(); }
  void shrink(std::size_t size); // those made since are forgotten
  const std::vector<std::string> &names() const noexcept { return names_; }

private:
  std::size_t first_, most_;
  std::vector<std::string> names_;
  std::map<std::string, std::uint32_t> slots_;
};

// Those of one element, while its logic is read.
class ElementNames final : public feel::FreeNames {
public:
  // `others`: every element of the model, as the document of this one sees it; no name of a built-in is in it. `inputs`
  // is null where no input may be made: the body of a function sees no value of the model.
  ElementNames(const Element &element, const std::vector<Element> &elements, const feel::Scope &others,
               FreeInputs *inputs);

  bool has(const std::string &name) const override;
  std::size_t longest_name() const noexcept override;
  Meaning meaning(const std::string &name) override;
  std::optional<std::uint32_t> input(const std::string &name) override;

  // What was used so far: values by slot, then the names of functions; not what is required already.
  const std::set<std::uint32_t> &values() const noexcept { return values_; }
  const std::set<std::string> &functions() const noexcept { return functions_; }
  // Of the outputs of required tables.
  std::size_t size() const noexcept { return outputs_.size(); }

private:
  const feel::Scope::Entry *find(const std::string &name) const;

  const Element &element_;
  const feel::Scope &others_;
  FreeInputs *inputs_;
  std::map<std::string, Meaning> outputs_; // of the tables that the element requires, by the names of the outputs
  std::size_t longest_ = 1;
  std::set<std::uint32_t> values_;
  std::set<std::string> functions_;
};

} // namespace spie::dmn
