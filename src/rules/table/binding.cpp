#include "rules/table/binding.hpp"

#include "rules/table/fault.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace spie::table {

namespace {

using feel::Type;

// The kind of the values of a column, as FEEL has it; any: not one that is read.
Type::Kind kind_of(const Layout &layout) {
  switch (layout.form) {
  case Form::null:
    return Type::Kind::null;
  case Form::boolean:
    return Type::Kind::boolean;
  case Form::text:
  case Form::large_text:
  case Form::text_view:
    return Type::Kind::text;
  case Form::date_days:
  case Form::date_millis:
    return Type::Kind::date;
  case Form::time32:
  case Form::time64:
    return Type::Kind::time;
  case Form::timestamp:
    return Type::Kind::date_time;
  case Form::duration:
  case Form::days_millis:
    return Type::Kind::days_duration;
  case Form::months:
    return Type::Kind::months_duration;
  case Form::list:
  case Form::large_list:
  case Form::list_view:
  case Form::large_list_view:
  case Form::fixed_list:
    return Type::Kind::list;
  case Form::structure:
  case Form::map:
    return Type::Kind::context;
  case Form::months_days_nanos:
  case Form::run_end:
  case Form::other:
    return Type::Kind::any;
  default:
    return Type::Kind::number;
  }
}

std::string shown(const Layout &layout) {
  if (!layout.extension.empty())
    return "the extension type '" + layout.extension + "'";
  if (layout.form == Form::other || layout.form == Form::months_days_nanos)
    return "Arrow's '" + layout.format + "'";
  return Type(kind_of(layout)).to_string();
}

bool is_temporal(Type::Kind kind) { return kind >= Type::Kind::date && kind <= Type::Kind::months_duration; }

// Whether what an extension type is stored as says what it is: a text, a day, a length of time. A number does not (the
// months of pandas.period, the bytes of arrow.bool8), nor what numbers make.
bool tells_itself(Type::Kind kind) { return kind == Type::Kind::text || is_temporal(kind); }

class Columns {
public:
  Columns(const Layout &table, const Inputs &inputs, const Wanted &wanted)
      : table_(table), inputs_(inputs), wanted_(wanted) {}

  Binding run() {
    std::set<std::string_view> names;
    for (const Layout &column : table_.children)
      if (!names.insert(column.name).second)
        throw fault(Code::table_clash, "the table has two columns '" + column.name + "'", column.name, column.name);
    for (const std::string &name : wanted_.kept)
      binding_.kept.push_back(find(name, "to be copied to the answer"));
    if (wanted_.dates) {
      binding_.dates = find(*wanted_.dates, "for the days of the rows");
      const Layout &dates = table_.children[*binding_.dates].values();
      const Type::Kind kind = kind_of(dates);
      if (kind != Type::Kind::date && kind != Type::Kind::date_time && kind != Type::Kind::text &&
          kind != Type::Kind::null)
        throw fault(Code::table_column_type,
                    "the column '" + *wanted_.dates + "' holds " + shown(dates) + ", not the days of the rows",
                    *wanted_.dates, *wanted_.dates);
    }
    for (std::size_t i = 0; i < table_.children.size(); ++i)
      add(i);
    return std::move(binding_);
  }

private:
  std::size_t find(const std::string &name, const char *what) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < table_.children.size(); ++i) {
      if (table_.children[i].name == name)
        return i;
      names.push_back(table_.children[i].name);
    }
    throw fault(Code::table_column, "the table has no column '" + name + "' " + what + suggestion(name, names), name,
                name, nearest_or_all(name, names));
  }

  bool used_otherwise(std::size_t column) const {
    return binding_.dates == column ||
           std::find(binding_.kept.begin(), binding_.kept.end(), column) != binding_.kept.end();
  }

  // The input that a column is for, and the path below it.
  std::optional<std::pair<Inputs::Input, std::string_view>> input_of(std::string_view name) const {
    if (auto whole = inputs_.find(name))
      return std::pair(*std::move(whole), std::string_view());
    for (std::size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0; dot = name.rfind('.', dot - 1))
      if (auto root = inputs_.find(name.substr(0, dot)))
        return std::pair(*std::move(root), name.substr(dot + 1));
    return std::nullopt;
  }

  void add(std::size_t index) {
    const Layout &column = table_.children[index];
    const auto found = input_of(column.name);
    if (!found) {
      if (!used_otherwise(index) && !wanted_.ignore)
        refuse_unread(column.name);
      return;
    }
    const auto &[input, path] = *found;
    const Type *type = &input.type;
    std::vector<Branch> *level = &binding_.inputs;
    std::string name = input.name;
    for (std::string_view rest = path;;) {
      Branch &branch = branch_of(*level, name, *type);
      branch.slot = input.slot;
      if (rest.empty()) {
        if (branch.column || !branch.members.empty())
          refuse_twice(column.name);
        check(column, *type, column.name);
        branch.column = index;
        return;
      }
      if (branch.column)
        refuse_twice(column.name);
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      const Type *below = nullptr;
      // A member may bear a point in its own name: the longest that the type knows.
      std::size_t end = rest.size();
      for (; end != std::string_view::npos && end > 0; end = rest.rfind('.', end - 1))
        if ((below = type->member(rest.substr(0, end))) != nullptr)
          break;
      if (below == nullptr) {
        if (type->kind() == Type::Kind::context && !type->members().empty() && inputs_.unknown_facts())
          return unread_member(column.name, std::string(rest), *type, index, *level, name);
        if (type->kind() != Type::Kind::context && !type->is_any())
          throw fault(Code::table_column_type,
                      "the column '" + column.name + "' is a member of '" + name + "', which is a " + type->to_string(),
                      column.name, column.name);
        end = dot;
        below = &any_;
      }
      std::erase(branch.absent, rest.substr(0, end));
      level = &branch.members;
      name = std::string(rest.substr(0, end));
      rest = end < rest.size() ? rest.substr(end + 1) : std::string_view();
      type = below;
    }
  }

  // Members that no column gives are null in a bare model; a pack makes them unknown by itself.
  Branch &branch_of(std::vector<Branch> &level, const std::string &name, const Type &type) const {
    for (Branch &branch : level)
      if (branch.name == name)
        return branch;
    level.push_back({name, std::nullopt, {}, {}, 0});
    if (type.kind() == Type::Kind::context && !inputs_.unknown_facts())
      for (const auto &[member, below] : type.members())
        level.back().absent.push_back(member);
    return level.back();
  }

  [[noreturn]] static void refuse_twice(const std::string &column) {
    throw fault(Code::table_clash, "the column '" + column + "' and another one give the same fact", column, column);
  }

  void unread_member(const std::string &column, const std::string &member, const Type &type, std::size_t index,
                     std::vector<Branch> &level, const std::string &name) const {
    // What was begun for it and holds nothing is no input.
    std::erase_if(
        level, [&](const Branch &branch) { return branch.name == name && !branch.column && branch.members.empty(); });
    if (used_otherwise(index) || wanted_.ignore)
      return;
    std::vector<std::string> names;
    const std::string before = column.substr(0, column.size() - member.size());
    for (const auto &[known, known_type] : type.members())
      names.push_back(before + known);
    throw fault(Code::table_column, "nothing reads the column '" + column + "'" + suggestion(column, names), column,
                column, nearest_or_all(column, names));
  }

  [[noreturn]] void refuse_unread(const std::string &name) const {
    const std::string why = inputs_.why_not(name);
    const std::vector<std::string> names = inputs_.names();
    throw fault(Code::table_column,
                why.empty() ? "nothing reads the column '" + name + "'" + suggestion(name, names) : why, name, name,
                nearest_or_all(name, names));
  }

  [[noreturn]] static void refuse_type(const std::string &path, const Layout &layout, const Type &type) {
    throw fault(Code::table_column_type,
                "the column '" + path + "' holds " + shown(layout) + ", a " + type.to_string() + " is expected", path,
                path, type.to_string());
  }

  static void check_is_read(const Layout &layout, const std::string &path) {
    if (layout.form == Form::other || (!layout.extension.empty() && !tells_itself(kind_of(layout))))
      throw fault(Code::table_column_type, "the column '" + path + "' is of " + shown(layout) + ", which is not read",
                  path, path);
  }

  // Refuses a column of which no value could be taken.
  void check(const Layout &column, const Type &type, const std::string &path) {
    const Layout &layout = column.values();
    const Type::Kind kind = kind_of(layout);
    const Type::Kind asked = type.kind();
    check_is_read(layout, path);
    if (layout.form == Form::map && kind_of(layout.children[0].children[0].values()) != Type::Kind::text)
      throw fault(Code::table_column_type, "the keys of the map '" + path + "' are no texts", path, path);
    if (layout.form == Form::structure) {
      std::set<std::string_view> names;
      for (const Layout &member : layout.children)
        if (!names.insert(member.name).second)
          throw fault(Code::table_clash, "the struct '" + path + "' has two members '" + member.name + "'", path, path);
    }
    if (layout.form == Form::months_days_nanos) {
      if (asked != Type::Kind::any && asked != Type::Kind::days_duration && asked != Type::Kind::months_duration)
        refuse_type(path, layout, type);
      return;
    }
    if (kind == Type::Kind::null)
      return;
    if (asked == Type::Kind::list) {
      if (kind == Type::Kind::list)
        return check(layout.children.front(), type.element(), path + "[]");
      if (inputs_.unknown_facts() && kind != Type::Kind::context)
        refuse_type(path, layout, type);
      return check(column, type.element(), path);
    }
    if (asked == Type::Kind::any)
      return check_parts(layout, path);
    if (kind == Type::Kind::list && !inputs_.unknown_facts()) // one item alone stands for itself
      return check(layout.children.front(), type, path + "[]");
    if (asked == Type::Kind::context && kind == Type::Kind::context) {
      if (layout.form == Form::map)
        return;
      check_members(layout, type, path);
      return;
    }
    const bool as_date = kind == Type::Kind::date_time && asked == Type::Kind::date; // midnights
    const bool as_instant = kind == Type::Kind::date && asked == Type::Kind::date_time && !inputs_.unknown_facts();
    const bool as_text = kind == Type::Kind::text && is_temporal(asked); // in ISO 8601
    if (kind != asked && !as_date && !as_instant && !as_text)
      refuse_type(path, layout, type);
  }

  void check_members(const Layout &layout, const Type &type, const std::string &path) {
    Members members;
    for (std::size_t i = 0; i < layout.children.size(); ++i) {
      const Layout &member = layout.children[i];
      if (const Type *below = type.member(member.name)) {
        check(member, *below, path + '.' + member.name);
      } else if (!inputs_.unknown_facts() || type.members().empty()) {
        check_parts(member, path + '.' + member.name);
      } else if (wanted_.ignore) {
        members.ignored.resize(layout.children.size());
        members.ignored[i] = true;
      } else {
        refuse_member(path, member.name, type);
      }
    }
    if (!inputs_.unknown_facts())
      for (const auto &[name, below] : type.members())
        if (std::none_of(layout.children.begin(), layout.children.end(),
                         [&](const Layout &member) { return member.name == name; }))
          members.absent.push_back(name);
    if (!members.ignored.empty() || !members.absent.empty())
      binding_.structs.emplace(&layout, std::move(members));
  }

  // Of a type that asks for nothing: what is not read at all.
  void check_parts(const Layout &column, const std::string &path) {
    const Layout &layout = column.values();
    check_is_read(layout, path);
    for (const Layout &part : layout.children)
      check(part, Type(), path + '.' + part.name);
  }

  [[noreturn]] static void refuse_member(const std::string &path, const std::string &member, const Type &type) {
    std::vector<std::string> names;
    for (const auto &[name, below] : type.members())
      names.push_back(name);
    const std::string whole = path + '.' + member;
    throw fault(Code::table_column, "nothing reads '" + whole + "'" + suggestion(member, names), whole, member,
                nearest_or_all(member, names));
  }

  const Layout &table_;
  const Inputs &inputs_;
  const Wanted &wanted_;
  Binding binding_;
  const Type any_;
};

} // namespace

Binding bind(const Layout &table, const Inputs &inputs, const Wanted &wanted) {
  return Columns(table, inputs, wanted).run();
}

} // namespace spie::table
