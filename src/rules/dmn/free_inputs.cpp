#include "rules/dmn/free_inputs.hpp"

#include "rules/dmn/table.hpp"

#include <algorithm>
#include <utility>

namespace spie::dmn {

std::optional<std::uint32_t> FreeInputs::slot(const std::string &name) {
  if (const auto found = slots_.find(name); found != slots_.end())
    return found->second;
  if (first_ + names_.size() >= most_)
    return std::nullopt;
  const auto made = static_cast<std::uint32_t>(first_ + names_.size());
  names_.push_back(name);
  slots_.emplace(name, made);
  return made;
}

void FreeInputs::shrink(std::size_t size) {
  for (; names_.size() > size; names_.pop_back())
    slots_.erase(names_.back());
}

ElementNames::ElementNames(const Element &element, const std::vector<Element> &elements, const feel::Scope &others,
                           FreeInputs *inputs)
    : element_(element), others_(others), inputs_(inputs) {
  std::set<std::string> twice;
  feel::Scope outputs; // for the parts of their names
  for (const std::uint32_t index : element.requires_values) {
    const Element &required = elements[index];
    if (required.decision == nullptr || !required.decision->logic || required.decision->logic->kind != BoxedKind::table)
      continue;
    const TableDecl &table = *required.decision->logic->table;
    const std::vector<std::size_t> kept = kept_outputs(table, inputs == nullptr);
    for (const std::size_t o : kept) {
      const ColumnDecl &column = table.outputs[o];
      const std::string name = feel::canonical_name(column.name);
      Meaning meaning;
      meaning.entry = {required.type, index, nullptr};
      if (kept.size() > 1)
        meaning.member = name;
      if (name.empty())
        continue;
      if (outputs_.emplace(name, std::move(meaning)).second)
        outputs.add_word(name);
      else
        twice.insert(name);
    }
  }
  for (const std::string &name : twice) // it means neither
    outputs_.erase(name);
  longest_ = std::max(outputs.longest_name(), others_.longest_name());
}

const feel::Scope::Entry *ElementNames::find(const std::string &name) const {
  const feel::Scope::Entry *entry = others_.find(name);
  if (entry == nullptr || (entry->function == nullptr && (inputs_ == nullptr || entry->slot == element_.index)))
    return nullptr;
  return entry;
}

bool ElementNames::has(const std::string &name) const { return outputs_.contains(name) || find(name) != nullptr; }

std::size_t ElementNames::longest_name() const noexcept { return longest_; }

feel::FreeNames::Meaning ElementNames::meaning(const std::string &name) {
  if (const auto output = outputs_.find(name); output != outputs_.end())
    return output->second;
  const feel::Scope::Entry *entry = find(name);
  if (entry == nullptr)
    return {};
  if (entry->function == nullptr)
    values_.insert(entry->slot);
  else
    functions_.insert(name);
  return {*entry, {}};
}

std::optional<std::uint32_t> ElementNames::input(const std::string &name) {
  if (inputs_ == nullptr)
    return std::nullopt;
  const auto slot = inputs_->slot(name);
  if (slot)
    values_.insert(*slot);
  return slot;
}

} // namespace spie::dmn
