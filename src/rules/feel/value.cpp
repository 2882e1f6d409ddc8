#include "spie/feel/value.hpp"

#include "rules/feel/text.hpp"
#include "spie/feel/function.hpp"

#include <algorithm>
#include <array>
#include <variant>

namespace spie::feel {

namespace {

// What is nested deeper, or beyond the budget, is not walked: sharing makes small values that unfold without end.
constexpr int depth_limit = 2'000;
constexpr std::size_t node_limit = 50'000'000;
constexpr std::size_t text_limit = 256U << 20;

std::size_t saturated(std::size_t a, std::size_t b) noexcept {
  std::size_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? SIZE_MAX : sum;
}

// A key that can stand in a context as it is: words of a name, one space apart, none of them a keyword.
bool is_plain_key(std::string_view key) {
  if (key.empty())
    return false;
  std::size_t position = 0;
  while (true) {
    if (!is_name_start(code_point_at(key, position).value))
      return false;
    const std::size_t end = word_end(key, position);
    if (end == position || is_keyword(key.substr(position, end - position)))
      return false;
    if (end == key.size())
      return true;
    if (key[end] != ' ')
      return false;
    position = end + 1;
  }
}

void append_quoted(std::string &out, std::string_view text, bool literal) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (literal && c == '\n') {
      out += "\\n";
    } else if (literal && c == '\r') {
      out += "\\r";
    } else if (literal && c == '\t') {
      out += "\\t";
    } else if (literal && static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view digits = "0123456789ABCDEF";
      out += c < 0x10 ? "\\u000" : "\\u001";
      out += digits[static_cast<unsigned char>(c) & 0xF];
    } else {
      out += c;
    }
  }
  out += '"';
}

class Printer {
public:
  explicit Printer(bool literal) : literal_(literal) {}

  // `whole`: the value itself, not a part of another one; a text is quoted inside lists and contexts alone.
  void print(const Value &value, bool whole, int depth = 0) {
    if (depth > depth_limit || out_.size() > text_limit) {
      out_ += "...";
      return;
    }
    switch (value.kind()) {
    case Kind::null:
      out_ += "null";
      break;
    case Kind::boolean:
      out_ += value.boolean() ? "true" : "false";
      break;
    case Kind::number:
      out_ += value.number().to_plain_string();
      break;
    case Kind::text:
      if (whole && !literal_)
        out_ += value.text();
      else
        append_quoted(out_, value.text(), literal_);
      break;
    case Kind::date:
      call("date", value.date().to_string());
      break;
    case Kind::time:
      call("time", value.time().to_string());
      break;
    case Kind::date_time:
      call("date and time", value.date_time().to_string());
      break;
    case Kind::days_duration:
      call("duration", value.days_duration().to_string());
      break;
    case Kind::months_duration:
      call("duration", value.months_duration().to_string());
      break;
    case Kind::range:
      print(value.range(), depth);
      break;
    case Kind::list:
      print(value.list(), depth);
      break;
    case Kind::context:
      print(value.context(), depth);
      break;
    case Kind::function:
      print(value.function().get());
      break;
    }
  }

  std::string take() { return std::move(out_); }

private:
  void call(std::string_view constructor, const std::string &text) {
    if (!literal_) {
      out_ += text;
      return;
    }
    out_ += constructor;
    out_ += "(\"" + text + "\")";
  }

  void print(const Range &range, int depth) {
    const bool from = range.start_end != Range::End::undefined;
    const bool to = range.end_end != Range::End::undefined;
    if (range.form != Range::Form::interval) {
      out_ += range.form == Range::Form::equal ? "(= " : "(!= ";
      print(range.start, false, depth + 1);
      out_ += ')';
    } else if (from && !to) {
      out_ += range.start_end == Range::End::closed ? "(>= " : "(> ";
      print(range.start, false, depth + 1);
      out_ += ')';
    } else if (to && !from) {
      out_ += range.end_end == Range::End::closed ? "(<= " : "(< ";
      print(range.end, false, depth + 1);
      out_ += ')';
    } else {
      out_ += range.start_end == Range::End::closed ? '[' : '(';
      print(range.start, false, depth + 1);
      out_ += "..";
      print(range.end, false, depth + 1);
      out_ += range.end_end == Range::End::closed ? ']' : ')';
    }
  }

  void print(const List &list, int depth) {
    out_ += '[';
    bool first = true;
    for (const Value &item : list) {
      if (!first)
        out_ += ", ";
      first = false;
      print(item, false, depth + 1);
      if (out_.size() > text_limit)
        break;
    }
    out_ += ']';
  }

  void print(const Context &context, int depth) {
    out_ += '{';
    bool first = true;
    for (const auto &[key, entry] : context) {
      if (!first)
        out_ += ", ";
      first = false;
      if (is_plain_key(key))
        out_ += key;
      else
        append_quoted(out_, key, literal_);
      out_ += ": ";
      print(entry, false, depth + 1);
      if (out_.size() > text_limit)
        break;
    }
    out_ += '}';
  }

  void print(const Function *function) {
    out_ += "function";
    if (function == nullptr)
      return;
    const std::string name = function->name();
    if (!name.empty())
      out_ += ' ' + name;
    out_ += '(';
    bool first = true;
    for (const Parameter &parameter : function->parameters()) {
      if (!first)
        out_ += ", ";
      first = false;
      out_ += parameter.name;
    }
    out_ += ')';
  }

  bool literal_;
  std::string out_;
};

// `nodes` are those compared so far: beyond the budget two values are told apart rather than compared for ever.
bool identical_at(const Value &a, const Value &b, std::size_t &nodes);

bool identical_lists(const List &a, const List &b, std::size_t &nodes) {
  const auto same_item = [&nodes](const Value &x, const Value &y) { return identical_at(x, y, nodes); };
  return &a == &b || std::equal(a.begin(), a.end(), b.begin(), b.end(), same_item);
}

bool identical_contexts(const Context &a, const Context &b, std::size_t &nodes) {
  if (&a == &b)
    return true;
  if (a.size() != b.size())
    return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto &[key, value] = a.entries()[i];
    // Contexts made the same way have their keys in the same order.
    const auto &beside = b.entries()[i];
    const Value *other = &beside.second;
    if (beside.first != key) {
      nodes += b.size() / 8;
      other = b.find(key);
    }
    if (other == nullptr || !identical_at(value, *other, nodes))
      return false;
  }
  return true;
}

bool identical_ranges(const Range &a, const Range &b, std::size_t &nodes) {
  return &a == &b || (a.start_end == b.start_end && a.end_end == b.end_end && a.form == b.form &&
                      identical_at(a.start, b.start, nodes) && identical_at(a.end, b.end, nodes));
}

bool same(const Time &a, const Time &b) { return a.nanos == b.nanos && a.zone == b.zone; }

bool identical_at(const Value &a, const Value &b, std::size_t &nodes) {
  if (a.kind() != b.kind() || ++nodes > node_limit)
    return false;
  switch (a.kind()) {
  case Kind::null:
    return true;
  case Kind::boolean:
    return a.boolean() == b.boolean();
  case Kind::number:
    return a.number() == b.number();
  case Kind::text:
    return a.text() == b.text();
  case Kind::date:
    return a.date() == b.date();
  case Kind::time:
    return same(a.time(), b.time());
  case Kind::date_time:
    return a.date_time().date == b.date_time().date && same(a.date_time().time, b.date_time().time);
  case Kind::days_duration:
    return a.days_duration() == b.days_duration();
  case Kind::months_duration:
    return a.months_duration() == b.months_duration();
  case Kind::range:
    return identical_ranges(a.range(), b.range(), nodes);
  case Kind::list:
    return identical_lists(a.list(), b.list(), nodes);
  case Kind::context:
    return identical_contexts(a.context(), b.context(), nodes);
  case Kind::function:
    return a.function() == b.function();
  }
  return false;
}

} // namespace

std::string_view name(Kind kind) noexcept {
  constexpr std::array<std::string_view, 13> names{"null",
                                                   "boolean",
                                                   "number",
                                                   "string",
                                                   "date",
                                                   "time",
                                                   "date and time",
                                                   "days and time duration",
                                                   "years and months duration",
                                                   "range",
                                                   "list",
                                                   "context",
                                                   "function"};
  return names[static_cast<std::size_t>(kind)];
}

Value::Value(Range range) : Value(Kind::range, std::make_shared<const Range>(std::move(range))) {}

void Value::refuse_kind() { throw std::bad_variant_access(); }

namespace {

Null too_deep() {
  auto cause = std::make_shared<Cause>();
  cause->errors.push_back({Code::feel_limit,
                           Level::error,
                           "values are nested more than " + std::to_string(Value::max_depth) + " levels deep",
                           {}});
  return Null{std::move(cause)};
}

} // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): each asks for the kind that it was told
void Held::add(const Value &part) {
  switch (part.kind()) { // most hold nothing
  case Kind::boolean:
  case Kind::number:
  case Kind::date:
    unfolded = saturated(unfolded, sizeof(Value));
    return;
  default:
    break;
  }
  depth = std::max(depth, part.depth() + 1);
  causes = causes || part.holds_causes();
  unfolded = saturated(unfolded, part.unfolded());
}

Value::Value(List list) : Value() {
  Held held;
  held.unfolded = sizeof(Value) + sizeof(HeldList);
  for (const Value &item : list)
    held.add(item);
  if (held.depth <= max_depth)
    *this = Value(Kind::list, std::make_shared<const HeldList>(HeldList{held, std::move(list)}));
  else
    *this = too_deep();
}

Value::Value(Context context) : Value() {
  Held held;
  held.unfolded = sizeof(Value) + sizeof(HeldContext);
  for (const auto &[key, value] : context) {
    held.add(value);
    held.unfolded = saturated(held.unfolded, sizeof(std::string) + key.size());
  }
  if (held.depth <= max_depth)
    *this = Value(Kind::context, std::make_shared<const HeldContext>(HeldContext{held, std::move(context)}));
  else
    *this = too_deep();
}

// NOLINTNEXTLINE(bugprone-exception-escape): each asks for the kind that it was told
std::size_t Value::unfolded() const {
  switch (kind()) {
  case Kind::text:
    return sizeof(Value) + sizeof(std::string) + text().size();
  case Kind::time:
    return sizeof(Value) + sizeof(Time);
  case Kind::date_time:
    return sizeof(Value) + sizeof(DateTime);
  case Kind::range:
    return saturated(sizeof(Value) + sizeof(Range), saturated(range().start.unfolded(), range().end.unfolded()));
  case Kind::list:
    return held<HeldList>(Kind::list).unfolded;
  case Kind::context:
    return held<HeldContext>(Kind::context).unfolded;
  default:
    return sizeof(Value);
  }
}

// NOLINTNEXTLINE(bugprone-exception-escape): each asks for the kind that it was told
bool Value::holds_causes() const {
  switch (kind()) {
  case Kind::null:
    return cause() != nullptr;
  case Kind::range:
    return range().start.holds_causes() || range().end.holds_causes();
  case Kind::list:
    return held<HeldList>(Kind::list).causes;
  case Kind::context:
    return held<HeldContext>(Kind::context).causes;
  default:
    return false;
  }
}

bool Value::unique() const noexcept {
  return (is(Kind::text) || is(Kind::list) || is(Kind::context)) && shared_.use_count() == 1;
}

Value::Value(std::shared_ptr<const Function> function) : Value() {
  if (function == nullptr || function->depth() <= max_depth)
    *this = Value(Kind::function, std::make_shared<const std::shared_ptr<const Function>>(std::move(function)));
  else
    *this = too_deep();
}

// NOLINTNEXTLINE(bugprone-exception-escape): each asks for the kind that it was told
int Value::depth() const {
  switch (kind()) {
  case Kind::list:
    return held<HeldList>(Kind::list).depth;
  case Kind::context:
    return held<HeldContext>(Kind::context).depth;
  case Kind::function:
    return function()->depth();
  case Kind::range:
    return std::max(range().start.depth(), range().end.depth());
  default:
    return 0;
  }
}

std::string Value::to_string() const {
  Printer printer(false);
  printer.print(*this, true);
  return printer.take();
}

std::string Value::to_feel() const {
  Printer printer(true);
  printer.print(*this, true);
  return printer.take();
}

Value error_value(Code code, std::string message, std::string where, std::string details, std::string suggestion) {
  auto cause = std::make_shared<Cause>();
  cause->errors.push_back(
      {code, Level::error, std::move(message), std::move(where), {}, std::move(details), std::move(suggestion)});
  return Null{std::move(cause)};
}

Value unknown_value(std::string path) {
  auto cause = std::make_shared<Cause>();
  cause->missing.push_back(std::move(path));
  return Null{std::move(cause)};
}

const Value *Context::find(std::string_view key) const noexcept {
  for (const Entry &entry : entries_)
    if (entry.first == key)
      return &entry.second;
  return nullptr;
}

void Context::set(std::string key, Value value) {
  for (Entry &entry : entries_)
    if (entry.first == key) {
      entry.second = std::move(value);
      return;
    }
  entries_.emplace_back(std::move(key), std::move(value));
}

bool identical(const Value &a, const Value &b) {
  std::size_t nodes = 0;
  return identical_at(a, b, nodes);
}

} // namespace spie::feel
