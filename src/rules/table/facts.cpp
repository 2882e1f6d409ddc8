#include "rules/table/facts.hpp"

#include "rules/table/fault.hpp"

#include <string>
#include <utility>

namespace spie::table {

namespace {

constexpr std::size_t block = 256;

// The cell where the value itself stands, dictionaries and runs followed.
std::pair<const Column *, std::int64_t> standing(const Column *column, std::int64_t row) {
  while (!column->is_null(row)) {
    if (column->dictionary != nullptr) {
      row = column->index(row);
      column = column->dictionary.get();
    } else if (column->layout->form == Form::run_end) {
      row = column->run(row);
      column = &column->children[1];
    } else {
      break;
    }
  }
  return {column, row};
}

bool is_list(Form form) { return form >= Form::list && form <= Form::fixed_list; }

} // namespace

ArrowFacts::ArrowFacts(const Binding &binding, const Column &batch, std::size_t dictionaries)
    : binding_(binding), batch_(batch), entries_(dictionaries) {}

ArrowFacts::Node ArrowFacts::row(std::int64_t row) {
  root_.row = row;
  used_ = 0;
  left_ = max_values;
  return &root_;
}

ArrowFacts::Node ArrowFacts::made(Cell cell) {
  if (--left_ < 0)
    throw fault(Code::table_value, "a row holds more than " + std::to_string(max_values) + " values");
  if (used_ == blocks_.size() * block)
    blocks_.push_back(std::make_unique<Cell[]>(block));
  Cell &place = blocks_[used_ / block][used_ % block];
  ++used_;
  place = cell;
  return &place;
}

ArrowFacts::Node ArrowFacts::node_of(const Branch &branch) {
  if (!branch.column)
    return made({nullptr, &branch, root_.row, false});
  return made({&batch_.children[*branch.column], &branch, root_.row + batch_.offset, false});
}

ArrowFacts::Shape ArrowFacts::shape(Node node) {
  const Cell &cell = cell_of(node);
  if (cell.column == nullptr)
    return cell.absent ? Shape::whole : Shape::context;
  const auto [column, row] = standing(cell.column, cell.row);
  if (column->is_null(row))
    return Shape::whole;
  const Form form = column->layout->form;
  return is_list(form) ? Shape::list : form == Form::structure ? Shape::context : Shape::whole;
}

feel::Value ArrowFacts::cell_value(const Column &column, std::int64_t row) {
  if (column.dictionary == nullptr || column.is_null(row))
    return value_at(column, row, left_);
  auto &made_of = entries_[column.number];
  if (made_of.empty())
    made_of.resize(static_cast<std::size_t>(column.dictionary->length));
  auto &entry = made_of[static_cast<std::size_t>(column.index(row))];
  if (!entry)
    entry = value_at(column, row, left_);
  return *entry;
}

feel::Value ArrowFacts::value(Node node, int depth) {
  switch (shape(node)) {
  case Shape::list: {
    feel::List items;
    const std::size_t count = size(node);
    for (std::size_t i = 0; i < count; ++i)
      items.push_back(value(item(node, i), depth + 1));
    return items;
  }
  case Shape::context: {
    std::vector<Entry> entries;
    this->entries(node, entries);
    feel::Context context;
    for (const Entry &entry : entries)
      context.set(std::string(entry.name), value(entry.node, depth + 1));
    return context;
  }
  case Shape::whole:
    break;
  }
  const Cell &cell = cell_of(node);
  return cell.absent ? feel::Value() : cell_value(*cell.column, cell.row);
}

std::size_t ArrowFacts::size(Node list) {
  const Cell &cell = cell_of(list);
  const auto [column, row] = standing(cell.column, cell.row);
  return static_cast<std::size_t>(column->items(row).count);
}

ArrowFacts::Node ArrowFacts::item(Node list, std::size_t index) {
  const Cell &cell = cell_of(list);
  const auto [column, row] = standing(cell.column, cell.row);
  return made({&column->children.front(), nullptr, column->items(row).begin + static_cast<std::int64_t>(index), false});
}

// A null at the head of a path is no fact at all.
bool ArrowFacts::is_given(const Branch &branch) const {
  return !branch.column || !batch_.children[*branch.column].is_null(root_.row + batch_.offset);
}

void ArrowFacts::add_branches(const std::vector<Branch> &branches, std::vector<Entry> &into) {
  for (const Branch &branch : branches)
    into.push_back({branch.name, node_of(branch)});
}

void ArrowFacts::entries(Node context, std::vector<Entry> &into) {
  into.clear();
  const Cell &cell = cell_of(context);
  if (cell.column == nullptr && cell.branch == nullptr) {
    if (batch_.is_null(cell.row))
      return;
    for (const Branch &branch : binding_.inputs)
      if (is_given(branch))
        into.push_back({branch.name, node_of(branch)});
    return;
  }
  if (cell.column == nullptr) {
    add_branches(cell.branch->members, into);
    for (const std::string &name : cell.branch->absent)
      into.push_back({name, made({nullptr, nullptr, 0, true})});
    return;
  }
  const auto [column, row] = standing(cell.column, cell.row);
  const auto found = binding_.structs.find(column->layout);
  const Members *members = found == binding_.structs.end() ? nullptr : &found->second;
  for (std::size_t i = 0; i < column->children.size(); ++i)
    if (members == nullptr || members->ignored.empty() || !members->ignored[i])
      into.push_back(
          {column->children[i].layout->name, made({&column->children[i], nullptr, row + column->offset, false})});
  if (members != nullptr)
    for (const std::string &name : members->absent)
      into.push_back({name, made({nullptr, nullptr, 0, true})});
}

} // namespace spie::table
