// The inputs of a decision, as rows that come alone give them.
#include "rules/dmn/row_program.hpp"

#include "rules/columns/program.hpp"

#include <algorithm>
#include <string>

namespace spie::columns {

namespace {

using feel::Type;

constexpr int decimals = 4; // of the numbers given: what has more is for the row evaluator

std::optional<Layout> layout_of(const Type &type) {
  switch (type.kind()) {
  case Type::Kind::boolean:
    return Layout::bits;
  case Type::Kind::number:
    return Layout::decimal128;
  case Type::Kind::date:
    return Layout::date32;
  case Type::Kind::days_duration:
    return Layout::seconds64;
  case Type::Kind::months_duration:
    return Layout::months32;
  case Type::Kind::text:
    return Layout::codes32;
  default:
    return std::nullopt;
  }
}

constexpr std::size_t deepest = 8; // of paths: a type may hold itself

void add(Request &request, const Type &type, std::uint32_t slot, std::vector<std::string> &path, bool of_items) {
  if (const auto layout = layout_of(type)) {
    request.inputs.push_back({slot, path, *layout, *layout == Layout::decimal128 ? decimals : 0});
    return;
  }
  if (path.size() >= deepest) {
    request.opaque.push_back({slot, path, "an input is nested too deeply"});
    return;
  }
  if (type.kind() == Type::Kind::context && !type.members().empty()) {
    for (const auto &[name, member] : type.members()) {
      path.push_back(name);
      add(request, member, slot, path, of_items);
      path.pop_back();
    }
    return;
  }
  if (type.kind() == Type::Kind::list && !type.element().is_any() && !of_items) {
    request.inputs.push_back({slot, path, Layout::list32, 0});
    path.emplace_back("[]");
    add(request, type.element(), slot, path, true);
    path.pop_back();
    return;
  }
  request.opaque.push_back({slot, path, "an input has no one type"});
}

class CompiledRow final : public dmn::RowProgram {
public:
  explicit CompiledRow(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  std::optional<feel::Value> run(std::span<const feel::Value> values,
                                 std::span<const std::uint32_t> order) const override {
    return program_->run_one(values, order);
  }

private:
  std::shared_ptr<const Program> program_;
};

} // namespace

} // namespace spie::columns

namespace spie::dmn {

std::unique_ptr<const RowProgram> compile_row(const ModelImpl &model, const Element &decision, const FixedValues &alike,
                                              bool facts_may_be_unknown) {
  columns::Request request;
  request.one_row = true;
  request.facts_may_be_unknown = facts_may_be_unknown;
  request.fixed = alike;
  for (const ElementInfo *input : model.inputs_of(decision)) {
    std::vector<std::string> path;
    const auto is_fixed = [&](const auto &one) { return one.first == input->slot; };
    if (std::none_of(alike.begin(), alike.end(), is_fixed))
      columns::add(request, input->type, input->slot, path, false);
  }
  columns::Obstacle why;
  auto program = columns::Program::compile(model, decision, request, why);
  return program == nullptr ? nullptr : std::make_unique<columns::CompiledRow>(std::move(program));
}

} // namespace spie::dmn
