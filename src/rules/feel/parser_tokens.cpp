// The characters, names and literals of the parser.
#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/parser.hpp"
#include "rules/feel/plain.hpp"
#include "rules/feel/temporal_fault.hpp"
#include "rules/feel/text.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

constexpr std::array<std::string_view, 3> property_words{"time offset", "start included", "end included"};

// The names that hold more than one part decide how far a name is read.
std::size_t longest_builtin() {
  static const std::size_t longest = [] {
    std::size_t most = 1;
    for (const std::string &name : builtin_names())
      most = std::max(most, static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1);
    return most;
  }();
  return longest;
}

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

} // namespace

void Parser::fail_at(std::size_t position, const std::string &message, Code code, Hint hint) const {
  const auto [line, column] = line_and_column(position);
  refuse(code, message, element_, line, column, std::move(hint));
}

std::string Parser::place() const {
  const auto [line, column] = line_and_column(skip_space(text_, position_));
  return place_text(element_, line, column);
}

void Parser::fail(const std::string &message, Code code) const {
  const std::size_t at = skip_space(text_, position_);
  if (code != Code::feel_syntax)
    fail_at(at, message, code);
  if (const auto name = unreadable_name_at(at))
    fail_at(at, "the name '" + *name + "' is written between back-ticks: `" + *name + "`", code,
            {*name, "`" + *name + "`"});
  if (auto habit = habit_at(at)) {
    const std::string_view meant = habit->suggestion;
    const std::string rule = meant.starts_with('"') ? "a text takes straight double quotation marks"
                             : meant == "="         ? "equality is written ="
                             : meant == "!="        ? "difference is written !="
                             : habit->details.find(',') != std::string::npos && meant != "," ? "a decimal takes a point"
                                                                                             : message;
    fail_at(at, rule + ": write " + habit->suggestion + " instead of " + habit->details, code, *habit);
  }
  if (at >= text_.size())
    fail_at(at, message + ", and the text ends here", code);
  const std::size_t end = std::max(word_end(text_, at), at + code_point_at(text_, at).length);
  fail_at(at, message, code, {std::string(text_.substr(at, end - at)), {}});
}

void Parser::skip() {
  // Each symbol that may stand here asks, and most of the time there is nothing to pass over.
  if (position_ < text_.size() && is_plain(text_[position_]))
    return;
  position_ = skip_space(text_, position_);
}

bool Parser::at_end() {
  skip();
  return position_ >= text_.size();
}

bool Parser::sees(std::string_view symbol) {
  skip();
  return text_.substr(position_, symbol.size()) == symbol;
}

bool Parser::accept(std::string_view symbol) {
  if (!sees(symbol))
    return false;
  position_ += symbol.size();
  return true;
}

bool Parser::accept_comma(std::string_view closing) {
  if (!accept(","))
    return false;
  if (at_end() ? closing.empty() : !closing.empty() && sees(closing))
    fail_at(position_,
            std::string("there is a comma too many") +
                (closing.empty() ? std::string() : " before '" + std::string(closing) + "'"),
            Code::feel_syntax, {",", {}});
  return true;
}

void Parser::expect(std::string_view symbol, const char *what) {
  if (!accept(symbol))
    fail("'" + std::string(symbol) + "' was expected for " + what);
}

std::string_view Parser::word() {
  skip();
  const CodePoint c = code_point_at(text_, position_);
  if (c.length == 0 || !is_name_start(c.value))
    return {};
  return text_.substr(position_, word_end(text_, position_) - position_);
}

bool Parser::accept_keyword(std::string_view keyword) {
  if (word() != keyword)
    return false;
  position_ += keyword.size();
  return true;
}

void Parser::expect_keyword(std::string_view keyword) {
  if (!accept_keyword(keyword))
    fail("'" + std::string(keyword) + "' was expected");
}

Parser::Name Parser::scan(const std::function<bool(const std::string &)> &known) const {
  Name best;
  std::string canonical;
  bool after_word = false;
  bool run = true; // still within the words that are no keyword: what an unknown name may be
  std::size_t position = skip_space(text_, position_);
  const std::size_t most = std::max({state_.longest_name(), longest_builtin(), std::size_t{8}}) + 1;
  for (std::size_t parts = 0; parts < most && position < text_.size(); ++parts) {
    std::size_t end = word_end(text_, position);
    const bool is_word = end > position;
    if (!is_word) {
      const CodePoint c = code_point_at(text_, position);
      if (parts == 0 || !is_name_symbol(c.value))
        break;
      end = position + c.length;
      run = false;
    } else if (parts == 0 && !is_name_start(code_point_at(text_, position).value)) {
      break;
    }
    const std::string_view part = text_.substr(position, end - position);
    if (is_word && (is_keyword(part) || part == "of") && parts > 0)
      run = false;
    if (is_word && after_word)
      canonical += ' ';
    canonical += part;
    after_word = is_word;
    if (known(canonical)) {
      best = {canonical, end, true};
    } else if (run && is_word && !best.known) {
      best = {canonical, end, false};
    }
    position = skip_space(text_, end);
  }
  return best;
}

bool Parser::is_known(const std::string &name) const { return state_.knows(name) || find_builtin(name) != nullptr; }

Parser::Name Parser::scan_name() const {
  const bool open = state_.in_open_item();
  return scan([&](const std::string &name) {
    return is_known(name) || (open && (state_.words.contains(name) || state_.scope.has_word(name)));
  });
}

Parser::Name Parser::scan_member() const {
  return scan([&](const std::string &name) {
    return state_.words.contains(name) || state_.scope.has_word(name) ||
           std::find(property_words.begin(), property_words.end(), name) != property_words.end();
  });
}

std::optional<Parser::Name> Parser::scan_key() const {
  std::size_t position = skip_space(text_, position_);
  const std::size_t start = position;
  if (!is_name_start(code_point_at(text_, position).value))
    return std::nullopt;
  while (position < text_.size()) {
    const CodePoint c = code_point_at(text_, position);
    if (c.value == ':')
      return Name{canonical_name(text_.substr(start, position - start)), position, false};
    if (!is_name_part(c.value) && !is_name_symbol(c.value) && !is_space(c.value))
      return std::nullopt;
    position += c.length;
  }
  return std::nullopt;
}

std::string Parser::variable_name() {
  skip();
  std::size_t end = position_;
  // As many words as come before `in`, ':', ',' or ')'.
  std::size_t position = position_;
  while (position < text_.size()) {
    const std::size_t word_stop = word_end(text_, position);
    const std::string_view part = text_.substr(position, word_stop - position);
    if (word_stop > position) {
      if (end > position_ && part == "in")
        break;
      end = word_stop;
    } else {
      const CodePoint c = code_point_at(text_, position);
      if (end == position_ || !is_name_symbol(c.value))
        break;
      end = position + c.length;
    }
    position = skip_space(text_, end);
  }
  if (end == position_ || !is_name_start(code_point_at(text_, position_).value))
    fail("the name of a variable was expected");
  std::string name = canonical_name(text_.substr(position_, end - position_));
  position_ = end;
  return name;
}

Type Parser::type() {
  const Depth depth(*this);
  skip();
  const std::size_t start = position_;
  const std::string_view first = word();
  const auto generic = [&](std::string_view name) {
    if (first != name || text_.substr(skip_space(text_, position_ + name.size()), 1) != "<")
      return false;
    position_ += name.size();
    return true;
  };
  if (generic("list")) {
    expect("<", "the element type");
    Type element = type();
    expect(">", "the end of the element type");
    return Type::list(std::move(element));
  }
  if (generic("range")) {
    expect("<", "the element type");
    Type element = type();
    expect(">", "the end of the element type");
    return Type::range(std::move(element));
  }
  if (generic("context")) {
    expect("<", "the members");
    std::vector<Type::Member> members;
    if (!accept(">")) {
      do {
        const std::optional<Name> key = scan_key();
        if (!key)
          fail("a member name and ':' were expected");
        position_ = key->end;
        expect(":", "the type of the member");
        members.emplace_back(key->text, type());
      } while (accept(","));
      expect(">", "the end of the members");
    }
    return Type::context(std::move(members));
  }
  if (generic("function")) {
    expect("<", "the parameter types");
    std::vector<Type> parameters;
    if (!accept(">")) {
      do
        parameters.push_back(type());
      while (accept(","));
      expect(">", "the end of the parameter types");
    }
    expect("->", "the result type");
    return Type::function(std::move(parameters), type());
  }
  const Name name = scan([&](const std::string &candidate) {
    return state_.scope.find_type(candidate) != nullptr || Type::named(candidate).has_value();
  });
  if (name.text.empty() && first.empty())
    fail("the name of a type was expected");
  if (!name.known)
    fail_at(start, "'" + (name.text.empty() ? std::string(first) : name.text) + "' is not a type", Code::feel_syntax,
            {name.text.empty() ? std::string(first) : name.text, {}});
  position_ = name.end;
  if (const Type *defined = state_.scope.find_type(name.text))
    return *defined;
  return *Type::named(name.text);
}

NodePtr Parser::number() {
  const std::size_t start = position_;
  const auto digits = [&] {
    while (position_ < text_.size() && text_[position_] >= '0' && text_[position_] <= '9')
      ++position_;
  };
  const auto digit_at = [&](std::size_t position) {
    return position < text_.size() && text_[position] >= '0' && text_[position] <= '9';
  };
  digits();
  if (position_ < text_.size() && text_[position_] == '.' && digit_at(position_ + 1)) {
    ++position_;
    digits();
  }
  if (position_ == start)
    fail("a value was expected");
  if (position_ < text_.size() && (text_[position_] == 'e' || text_[position_] == 'E')) {
    const std::size_t sign = position_ + 1;
    const bool has_sign = sign < text_.size() && (text_[sign] == '+' || text_[sign] == '-');
    if (digit_at(sign + (has_sign ? 1 : 0))) {
      position_ = sign + (has_sign ? 1 : 0);
      digits();
    }
  }
  const std::optional<Number> number = Number::parse(text_.substr(start, position_ - start));
  if (!number) // as a computation that overflows: null with an error, not a refusal
    return constant(error_value(Code::feel_arithmetic, "the number is too large"), start);
  return constant(*number, start);
}

std::string Parser::quoted_text() {
  const std::size_t start = position_;
  expect("\"", "a text");
  std::string result;
  for (;;) {
    if (position_ >= text_.size())
      fail_at(start, "the text has no closing quotation mark", Code::feel_syntax);
    const char c = text_[position_++];
    if (c == '"')
      return result;
    if (c != '\\') {
      result += c;
      continue;
    }
    const char escape = position_ < text_.size() ? text_[position_] : '\0';
    const auto hexadecimal = [&](std::size_t count) -> std::optional<char32_t> {
      char32_t value = 0;
      if (position_ + 1 + count > text_.size())
        return std::nullopt;
      for (std::size_t i = 0; i < count; ++i) {
        const int digit = hex_digit(text_[position_ + 1 + i]);
        if (digit < 0)
          return std::nullopt;
        value = value * 16 + static_cast<char32_t>(digit);
      }
      return value;
    };
    if (escape == 'u' || escape == 'U') {
      const std::size_t count = escape == 'u' ? 4 : 6;
      std::optional<char32_t> value = hexadecimal(count);
      if (!value || *value > 0x10FFFF)
        fail("\\u takes four hexadecimal digits, \\U six");
      position_ += 1 + count;
      // A pair of surrogates, as Java and JSON write what lies beyond 16 bits.
      if (*value >= 0xD800 && *value < 0xDC00 && text_.substr(position_, 2) == "\\u") {
        ++position_;
        const std::optional<char32_t> low = hexadecimal(4);
        if (low && *low >= 0xDC00 && *low < 0xE000) {
          value = 0x10000 + ((*value - 0xD800) << 10U) + (*low - 0xDC00);
          position_ += 5;
        } else {
          --position_;
        }
      }
      if (*value >= 0xD800 && *value < 0xE000)
        fail("half of a surrogate pair is no character");
      append_utf8(result, *value);
      continue;
    }
    ++position_;
    switch (escape) {
    case 'n':
      result += '\n';
      break;
    case 'r':
      result += '\r';
      break;
    case 't':
      result += '\t';
      break;
    case '"':
    case '\'':
    case '\\':
      result += escape;
      break;
    default: // kept as written: regular expressions hold \d and the like
      result += '\\';
      --position_;
    }
  }
}

NodePtr Parser::string_or_at_literal() {
  const std::size_t start = position_;
  if (!accept("@"))
    return constant(quoted_text(), start);
  const std::string text = quoted_text();
  if (const auto date_time = DateTime::parse(text))
    return constant(*date_time, start);
  if (const auto date = Date::parse(text))
    return constant(*date, start);
  if (const auto time = Time::parse(text))
    return constant(*time, start);
  if (const auto months = MonthsDuration::parse(text))
    return constant(*months, start);
  if (const auto days = DaysDuration::parse(text))
    return constant(*days, start);
  const std::string fault = temporal_fault(text);
  return constant(
      error_value(Code::feel_conversion,
                  "@\"" + text + (fault.empty() ? "\" is no date, time, date and time or duration" : "\": " + fault),
                  place_text(element_, line_and_column(start).first, line_and_column(start).second), text),
      start);
}

NodePtr Parser::constant(Value value, std::size_t start) {
  auto node = make_node(NodeKind::constant);
  node->type = value.is_null() ? Type() : type_of(value);
  node->value = std::move(value);
  std::tie(node->line, node->column) = line_and_column(start);
  return node;
}

// A chain of operators is as deep as it is long, though its text is flat: a million bytes of stack hold this many.
constexpr std::uint32_t max_height = 2'000;

NodePtr Parser::made(NodePtr node, std::size_t start) {
  for (const NodePtr &child : node->children)
    node->height = std::max(node->height, child->height + 1);
  if (node->height > max_height)
    fail("more than " + std::to_string(max_height) + " operators follow one another", Code::feel_limit);
  std::tie(node->line, node->column) = line_and_column(start);
  if (state_.loading != nullptr && !state_.loading->step()) {
    const std::string where = place_text(element_, node->line, node->column);
    if (state_.loading == &state_.own)
      throw Error(state_.own.fault(Code::feel_limit, where));
    state_.loading->stopped_at(where);
    fail("the load exceeds a limit of its own", Code::feel_limit);
  }
  give_type(*node, state_, element_);
  return fold(std::move(node), state_);
}

NodePtr Parser::binary(NodeKind kind, NodePtr a, NodePtr b, std::size_t start) {
  return made(make_node(kind, std::move(a), std::move(b)), start);
}

std::uint32_t Parser::declare(const std::string &name, const Type &type) {
  const std::uint32_t slot = state_.reserve();
  state_.functions.back().blocks.back().locals.push_back({name, type, slot});
  return slot;
}

Parser::Mark::Mark(Parser &parser)
    : parser_(parser), position_(parser.position_), functions_(parser.state_.functions.size()),
      blocks_(parser.state_.functions.back().blocks.size()), findings_(parser.state_.findings.size()),
      depth_(parser.depth_), open_ranges_(parser.open_ranges_), saw_question_mark_(parser.saw_question_mark_) {}

bool Parser::Mark::restore() const {
  if (parser_.state_.functions.size() != functions_)
    return false;
  parser_.position_ = position_;
  parser_.depth_ = depth_;
  parser_.open_ranges_ = open_ranges_;
  parser_.saw_question_mark_ = saw_question_mark_;
  parser_.state_.functions.back().blocks.resize(blocks_);
  parser_.state_.findings.resize(findings_);
  return true;
}

void Parser::open_block() {
  auto &function = state_.functions.back();
  function.blocks.push_back({{}, {}, function.next});
}

void Parser::close_block() {
  auto &function = state_.functions.back();
  function.next = function.blocks.back().first_slot;
  function.blocks.pop_back();
}

} // namespace spie::feel
