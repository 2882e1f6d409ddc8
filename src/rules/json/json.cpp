// The only file that knows nlohmann/json, and of it only the SAX interface: its document type would take every number
// through a double.
#include "spie/json.hpp"

#include "rules/feel/temporal_fault.hpp"
#include "rules/json/reader.hpp"
#include "text/encoding.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <vector>

namespace spie {

namespace {

using feel::Context;
using feel::List;
using feel::Range;
using feel::Value;

struct Position {
  std::size_t line = 1;
  std::size_t column = 1; // in characters
};

Position position_of(std::string_view text, std::size_t offset) {
  Position position;
  for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '\n') {
      ++position.line;
      position.column = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++position.column;
    }
  }
  return position;
}

std::string place(std::string_view name, std::string_view text, std::size_t offset) {
  const Position position = position_of(text, offset);
  std::string where(name);
  if (!where.empty())
    where += ':';
  return where + std::to_string(position.line) + ':' + std::to_string(position.column);
}

// --- ranges: "[1..5)", "(date(\"2022-01-01\")..date(\"2022-12-31\")]", "(>= 5)" ---

std::string json_text(std::string_view text);

std::optional<char32_t> four_digits(std::string_view text) {
  std::uint32_t code = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), code, 16);
  if (text.size() != 4 || fault != std::errc() || end != text.data() + text.size())
    return std::nullopt;
  return char32_t{code};
}

std::optional<std::string> unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"')
    return std::nullopt;
  std::string result;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '"')
      return std::nullopt;
    if (text[i] != '\\') {
      result += text[i];
      continue;
    }
    if (++i + 1 >= text.size())
      return std::nullopt;
    switch (text[i]) {
    case '"':
    case '\\':
    case '/':
      result += text[i];
      break;
    case 'n':
      result += '\n';
      break;
    case 't':
      result += '\t';
      break;
    case 'r':
      result += '\r';
      break;
    case 'u': { // as control characters are written
      const auto code = four_digits(text.substr(i + 1, 4));
      if (!code || (*code >= 0xD800 && *code < 0xE000))
        return std::nullopt;
      append_utf8(result, *code);
      i += 4;
      break;
    }
    default:
      return std::nullopt;
    }
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  return text;
}

std::optional<Value> duration_value(std::string_view text) {
  if (const auto days = feel::DaysDuration::parse(text))
    return Value(*days);
  if (const auto months = feel::MonthsDuration::parse(text))
    return Value(*months);
  return std::nullopt;
}

template <typename T> std::optional<Value> parsed(std::string_view text) {
  if (const auto value = T::parse(text))
    return Value(*value);
  return std::nullopt;
}

std::optional<Value> range_end(std::string_view text) {
  text = trimmed(text);
  if (text.empty())
    return std::nullopt;
  if (text.front() == '"') {
    auto content = unquoted(text);
    return content ? std::optional<Value>(Value(std::move(*content))) : std::nullopt;
  }
  using Parse = std::optional<Value> (*)(std::string_view);
  static constexpr std::array<std::pair<std::string_view, Parse>, 4> calls{{
      {"date(", &parsed<feel::Date>},
      {"time(", &parsed<feel::Time>},
      {"date and time(", &parsed<feel::DateTime>},
      {"duration(", &duration_value},
  }};
  for (const auto &[opening, parse] : calls) {
    if (!text.starts_with(opening) || text.back() != ')')
      continue;
    const auto content = unquoted(trimmed(text.substr(opening.size(), text.size() - opening.size() - 1)));
    return content ? parse(*content) : std::nullopt;
  }
  return parsed<feel::Number>(text);
}

// The two dots between the ends, not those inside a text.
std::size_t dots(std::string_view text) {
  bool inside = false;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (inside && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      inside = !inside;
    else if (!inside && text[i] == '.' && text[i + 1] == '.')
      return i;
  }
  return std::string_view::npos;
}

std::optional<Value> range_value(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 4)
    return std::nullopt;
  const char opening = text.front();
  const char closing = text.back();
  const std::string_view inside = trimmed(text.substr(1, text.size() - 2));
  Range range;
  if (opening == '(' && closing == ')' && (inside.starts_with('=') || inside.starts_with("!="))) {
    auto end = range_end(inside.substr(inside.front() == '=' ? 1 : 2));
    if (!end)
      return std::nullopt;
    range.form = inside.front() == '=' ? Range::Form::equal : Range::Form::unlike;
    range.start_end = range.end_end = inside.front() == '=' ? Range::End::closed : Range::End::undefined;
    range.start = std::move(*end);
    if (range.form == Range::Form::equal)
      range.end = range.start;
    return Value(std::move(range));
  }
  if (opening == '(' && closing == ')' && (inside.starts_with('<') || inside.starts_with('>'))) {
    const bool with_end = inside.size() > 1 && inside[1] == '=';
    auto end = range_end(inside.substr(with_end ? 2 : 1));
    if (!end)
      return std::nullopt;
    const auto kind = with_end ? Range::End::closed : Range::End::open;
    if (inside.front() == '<') {
      range.start_end = Range::End::undefined;
      range.end = std::move(*end);
      range.end_end = kind;
    } else {
      range.start = std::move(*end);
      range.start_end = kind;
      range.end_end = Range::End::undefined;
    }
    return Value(std::move(range));
  }
  if ((opening != '[' && opening != '(' && opening != ']') || (closing != ']' && closing != ')' && closing != '['))
    return std::nullopt;
  const std::size_t middle = dots(inside);
  if (middle == std::string_view::npos)
    return std::nullopt;
  auto start = range_end(inside.substr(0, middle));
  auto end = range_end(inside.substr(middle + 2));
  if (!start || !end || start->kind() != end->kind())
    return std::nullopt;
  range.start_end = opening == '[' ? Range::End::closed : Range::End::open;
  range.end_end = closing == ']' ? Range::End::closed : Range::End::open;
  range.start = std::move(*start);
  range.end = std::move(*end);
  return Value(std::move(range));
}

std::string range_end_text(const Value &value) {
  switch (value.kind()) {
  case feel::Kind::number:
    return value.number().to_string();
  case feel::Kind::text:
    return json_text(value.text());
  case feel::Kind::date:
    return "date(\"" + value.date().to_string() + "\")";
  case feel::Kind::time:
    return "time(\"" + value.time().to_string() + "\")";
  case feel::Kind::date_time:
    return "date and time(\"" + value.date_time().to_string() + "\")";
  case feel::Kind::days_duration:
    return "duration(\"" + value.days_duration().to_string() + "\")";
  case feel::Kind::months_duration:
    return "duration(\"" + value.months_duration().to_string() + "\")";
  default:
    return "null";
  }
}

std::string range_text(const Range &range) {
  if (range.form != Range::Form::interval)
    return (range.form == Range::Form::equal ? "(= " : "(!= ") + range_end_text(range.start) + ')';
  if (range.start_end == Range::End::undefined)
    return (range.end_end == Range::End::closed ? "(<= " : "(< ") + range_end_text(range.end) + ')';
  if (range.end_end == Range::End::undefined)
    return (range.start_end == Range::End::closed ? "(>= " : "(> ") + range_end_text(range.start) + ')';
  return (range.start_end == Range::End::closed ? '[' : '(') + range_end_text(range.start) + ".." +
         range_end_text(range.end) + (range.end_end == Range::End::closed ? ']' : ')');
}

// --- tags ---

std::optional<Value> untagged(std::string_view tag, std::string_view text) {
  if (tag == "@date")
    return parsed<feel::Date>(text);
  if (tag == "@time")
    return parsed<feel::Time>(text);
  if (tag == "@datetime")
    return parsed<feel::DateTime>(text);
  if (tag == "@duration")
    return duration_value(text);
  if (tag == "@range")
    return range_value(text);
  return parsed<feel::Number>(text);
}

bool is_tag(std::string_view key) {
  return key == "@date" || key == "@time" || key == "@datetime" || key == "@duration" || key == "@range" ||
         key == "@number";
}

// --- reading ---

// `[[],[],…` takes thirty times the bytes of its text.
constexpr std::size_t most_memory = std::size_t{512} << 20;

using Digits = decltype(json::Verbatim::digits);

class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
  // With `written`, tags are keys like any other, and the digits of each number are put there by its pointer.
  Builder(std::string_view text, std::string_view name, const JsonLimits &limits, Digits *written)
      : text_(text), name_(name), limits_(limits), written_(written) {}

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value(value)); }
  bool number_integer(number_integer_t value) override {
    keep_digits();
    return add(Value(static_cast<std::int64_t>(value)));
  }
  bool number_unsigned(number_unsigned_t value) override { return add_number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t &text) override {
    // The lexer writes the decimal point of the C locale into its copy of the digits: put the point back.
    std::string digits = text;
    for (char &c : digits)
      if ((c < '0' || c > '9') && c != '-' && c != '+' && c != 'e' && c != 'E')
        c = '.';
    return add_number(digits);
  }
  bool string(string_t &text) override { return add(Value(std::move(text))); }
  bool binary(binary_t &) override { return fail(Code::json_syntax, "binary content is not JSON"); }

  bool start_object(std::size_t) override { return open(false); }
  bool end_object() override {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    const bool tagged = written_ == nullptr && std::any_of(frame.keys.begin(), frame.keys.end(), is_tag);
    if (!tagged) {
      std::vector<Context::Entry> entries;
      entries.reserve(frame.keys.size());
      for (std::size_t i = 0; i < frame.keys.size(); ++i)
        entries.emplace_back(std::move(frame.keys[i]), std::move(frame.values[i]));
      return add(Value(Context::of_distinct(std::move(entries))));
    }
    if (frame.keys.size() != 1)
      return fail(Code::json_value, "a tag such as @date stands alone in its object");
    if (!frame.values[0].is(feel::Kind::text))
      return fail(Code::json_value, "the content of " + frame.keys[0] + " is not a text");
    auto value = untagged(frame.keys[0], frame.values[0].text());
    if (!value) {
      const std::string why = feel::temporal_fault(frame.values[0].text());
      return fail(Code::json_value, frame.keys[0] + (why.empty() ? " is not the right tag for '" : ": '") +
                                        frame.values[0].text() + "'" + (why.empty() ? "" : ", " + why));
    }
    return add(std::move(*value));
  }
  bool key(string_t &name) override {
    Frame &frame = stack_.back();
    if (!frame.seen.insert(name).second)
      return fail(Code::json_duplicate_key, "the key '" + name + "' is given twice in one object");
    bytes_ += sizeof(Context::Entry) - sizeof(Value) + name.size();
    frame.keys.push_back(std::move(name));
    return true;
  }
  bool start_array(std::size_t) override { return open(true); }
  bool end_array() override {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    return add(Value(List(std::move(frame.values))));
  }
  bool parse_error(std::size_t offset, const std::string &, const nlohmann::detail::exception &exception) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error …": ours says the place itself.
    std::string message = exception.what();
    if (const auto start = message.find("] "); start != std::string::npos)
      message.erase(0, start + 2);
    if (message.starts_with("parse error"))
      if (const auto colon = message.find(": "); colon != std::string::npos)
        message.erase(0, colon + 2);
    if (message.find("UTF-8") != std::string::npos) {
      std::size_t wrong = 0; // the reader stands some bytes after it
      while (wrong < text_.size() && character_length(text_, wrong) != 0)
        wrong += character_length(text_, wrong);
      offset = wrong + 1;
      message = "the text is not UTF-8: save it as UTF-8";
    }
    if (offset > 1 && offset <= text_.size() && (text_[offset - 1] == '}' || text_[offset - 1] == ']')) {
      const std::size_t before = text_.find_last_not_of(" \t\r\n", offset - 2);
      if (before != std::string_view::npos && text_[before] == ',')
        message = std::string("there is a comma too many before '") + text_[offset - 1] + "'";
    }
    // The reader quotes the last word that it read, whatever its length: a few characters tell the place, and of what
    // was meant to stay secret no more is said.
    constexpr std::string_view quote = "last read: '";
    constexpr std::size_t told = 8;
    if (const auto start = message.find(quote); start != std::string::npos) {
      const std::size_t first = start + quote.size();
      const auto end = std::min(message.rfind("'; expected "), message.rfind('\''));
      if (end != std::string::npos && end > first + told)
        message.replace(first + told, end - first - told, "…");
    }
    std::string shown; // whatever its bytes
    for (std::size_t i = 0; i < message.size();) {
      const std::size_t length = character_length(message, i);
      shown += length == 0 ? std::string("\xEF\xBF\xBD") : message.substr(i, length);
      i += std::max<std::size_t>(length, 1);
    }
    message = std::move(shown);
    if (exception.id == 406 && written_ != nullptr)
      return fail(Code::json_value, message);
    if (exception.id == 406) // beyond a double: there is a tag for such a number
      return fail(Code::json_value, message + "; write it as {\"@number\": \"…\"}");
    // The offset counts the bytes read, the faulty one included.
    error_ = Diagnostic{Code::json_syntax, Level::error, message, place(name_, text_, offset > 0 ? offset - 1 : 0)};
    return false;
  }

  std::optional<Value> result;
  const std::optional<Diagnostic> &error() const { return error_; }
  // Where the reader stands, when it can tell.
  std::string where() const {
    std::string where(name_);
    if (!where.empty())
      where += '#';
    return where + (stack_.empty() ? "/" : pointer());
  }

private:
  struct Frame {
    bool array = false;
    std::vector<std::string> keys;
    std::vector<Value> values;
    std::set<std::string> seen; // by order: whoever writes keys can make them fall into one place of a hash table
  };

  // Of the value that comes next, or of the list or object that holds what is at fault.
  std::string pointer() const {
    std::string pointer;
    for (const Frame &frame : stack_) {
      pointer += '/';
      if (frame.array)
        pointer += std::to_string(frame.values.size());
      else if (!frame.keys.empty())
        pointer += escaped(frame.keys.back());
    }
    return pointer;
  }

  static std::string escaped(std::string_view key) { // RFC 6901
    std::string result;
    for (const char c : key)
      c == '~' ? result += "~0" : c == '/' ? result += "~1" : result += c;
    return result;
  }
  bool open(bool array) {
    if (static_cast<int>(stack_.size()) >= limits_.depth)
      return fail(Code::json_limit, "nested deeper than " + std::to_string(limits_.depth) + " levels");
    stack_.emplace_back().array = array;
    return true;
  }
  bool add(Value value) {
    // What a list or object holds was counted when it was read.
    bytes_ += sizeof(Value);
    if (value.is(feel::Kind::text))
      bytes_ += sizeof(std::string) + value.text().size();
    else if (value.is(feel::Kind::list) || value.is(feel::Kind::context))
      bytes_ += sizeof(feel::HeldContext);
    if (bytes_ > most_memory)
      return fail(Code::json_limit, "its values would take more than " + std::to_string(most_memory) + " bytes");
    if (stack_.empty())
      result = std::move(value);
    else
      stack_.back().values.push_back(std::move(value));
    return true;
  }
  // The parser hands over a number read: its digits are those of the next number of the text.
  void keep_digits() {
    if (written_ == nullptr)
      return;
    static constexpr std::string_view digits = "-+.eE0123456789";
    for (bool inside = false; inside || !(text_[at_] == '-' || (text_[at_] >= '0' && text_[at_] <= '9')); ++at_) {
      if (inside && text_[at_] == '\\')
        ++at_;
      else if (text_[at_] == '"')
        inside = !inside;
    }
    const std::size_t end = std::min(text_.find_first_not_of(digits, at_), text_.size());
    written_->emplace(pointer(), text_.substr(at_, end - at_));
    at_ = end;
  }
  bool add_number(const std::string &digits) {
    keep_digits();
    const auto number = feel::Number::parse(digits);
    if (!number)
      return fail(Code::json_value, "the number " + digits + " is too large");
    return add(Value(*number));
  }
  bool fail(Code code, std::string message) {
    error_ = Diagnostic{code, Level::error, std::move(message), where()};
    return false;
  }

  std::string_view text_;
  std::string_view name_;
  JsonLimits limits_;
  Digits *written_;
  std::size_t at_ = 0;    // where the digits that were kept last end
  std::size_t bytes_ = 0; // that the values read take
  std::vector<Frame> stack_;
  std::optional<Diagnostic> error_;
};

// --- writing ---

void append_quoted(std::string &out, std::string_view text) {
  static constexpr std::string_view hexadecimal = "0123456789abcdef";
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::size_t length = character_length(text, i);
    if (length != 1) {
      // What is not UTF-8 would make the whole text unreadable: it becomes the replacement character.
      out += length == 0 ? replacement_character : text.substr(i, length);
      i += length == 0 ? 1 : length;
      continue;
    }
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i];
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\r') {
      out += "\\r";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += hexadecimal[byte >> 4];
      out += hexadecimal[byte & 0xF];
    } else {
      out += text[i];
    }
    ++i;
  }
  out += '"';
}

std::string json_text(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

class Writer {
public:
  Writer(int indent, std::size_t bytes) : indent_(indent), bytes_(bytes) {}

  void write(const Value &value, int level) {
    if (out.size() > bytes_)
      throw Error(Diagnostic{Code::json_limit,
                             Level::error,
                             "the value takes more than " + std::to_string(bytes_) + " bytes of JSON",
                             {}});
    switch (value.kind()) {
    case feel::Kind::null:
    case feel::Kind::function:
      out += "null";
      break;
    case feel::Kind::boolean:
      out += value.boolean() ? "true" : "false";
      break;
    case feel::Kind::number:
      number(value.number());
      break;
    case feel::Kind::text:
      append_quoted(out, value.text());
      break;
    case feel::Kind::date:
      tagged("@date", value.date().to_string());
      break;
    case feel::Kind::time:
      tagged("@time", value.time().to_string());
      break;
    case feel::Kind::date_time:
      tagged("@datetime", value.date_time().to_string());
      break;
    case feel::Kind::days_duration:
      tagged("@duration", value.days_duration().to_string());
      break;
    case feel::Kind::months_duration:
      tagged("@duration", value.months_duration().to_string());
      break;
    case feel::Kind::range:
      tagged("@range", range_text(value.range()));
      break;
    case feel::Kind::list:
      list(value.list(), level);
      break;
    case feel::Kind::context:
      context(value.context(), level);
      break;
    }
  }

  std::string out;

private:
  void number(const feel::Number &number) {
    // Beyond a double, other readers see infinity where they see anything.
    static const feel::Number largest = *feel::Number::parse("1E+308");
    if (number.abs() > largest)
      tagged("@number", number.to_string());
    else
      out += number.to_string();
  }
  void tagged(std::string_view tag, std::string_view text) {
    out += '{';
    append_quoted(out, tag);
    out += indent_ > 0 ? ": " : ":";
    append_quoted(out, text);
    out += '}';
  }
  void line(int level) {
    if (indent_ <= 0)
      return;
    out += '\n';
    out.append(static_cast<std::size_t>(level) * static_cast<std::size_t>(indent_), ' ');
  }
  void list(const List &items, int level) {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0)
        out += ',';
      line(level + 1);
      write(items[i], level + 1);
    }
    if (!items.empty())
      line(level);
    out += ']';
  }
  void context(const Context &entries, int level) {
    out += '{';
    bool first = true;
    for (const auto &[key, value] : entries) {
      if (!first)
        out += ',';
      first = false;
      line(level + 1);
      append_quoted(out, key);
      out += indent_ > 0 ? ": " : ":";
      write(value, level + 1);
    }
    if (!entries.empty())
      line(level);
    out += '}';
  }

  int indent_;
  std::size_t bytes_;
};

feel::Value read(std::string_view text, std::string_view name, const JsonLimits &limits, Digits *written) {
  if (text.size() > limits.bytes)
    throw Error(
        Diagnostic{Code::json_limit, Level::error,
                   "the text has " + std::to_string(text.size()) + " bytes, more than " + std::to_string(limits.bytes),
                   std::string(name)});
  // The parser takes a byte 0 for the end of the text.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
    const bool utf_16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || zero < 2;
    throw Error(Diagnostic{Code::json_syntax, Level::error,
                           utf_16 ? "the text is UTF-16: save it as UTF-8" : "the text holds a byte 0",
                           place(name, text, utf_16 ? 0 : zero)});
  }
  Builder builder(text, name, limits, written);
  const bool done = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (builder.error())
    throw Error(*builder.error());
  if (!done || !builder.result)
    throw Error(Diagnostic{Code::json_syntax, Level::error, "the text is not JSON", std::string(name)});
  return std::move(*builder.result);
}

} // namespace

feel::Value read_json(std::string_view text, std::string_view name, JsonLimits limits) {
  return read(text, name, limits, nullptr);
}

json::Verbatim json::read_verbatim(std::string_view text, std::string_view name, JsonLimits limits) {
  Verbatim document;
  document.value = read(text, name, limits, &document.digits);
  return document;
}

std::string_view empty_array_hint(const feel::Value &value) noexcept {
  return value.is(feel::Kind::list) && value.list().empty()
             ? ": it is an empty array, as PHP's json_encode([]) writes it; write {} (in PHP, new stdClass)"
             : "";
}

std::string write_json(const feel::Value &value, int indent, std::size_t bytes) {
  Writer writer(indent, bytes);
  writer.write(value, 0);
  return std::move(writer.out);
}

} // namespace spie
