// What people write who come from another language, from a word processor, or from French: refused, with what FEEL
// writes for it.
#include "rules/feel/builtins/builtins.hpp"
#include "rules/feel/builtins/vendors.hpp"
#include "rules/feel/parser.hpp"
#include "rules/feel/text.hpp"
#include "text/suggestion.hpp"

#include <algorithm>
#include <array>

namespace spie::feel {

namespace {

struct Habit {
  std::string_view written, feel;
};

constexpr std::array<Habit, 17> operators{{{"==", "="},
                                           {"<>", "!="},
                                           {"=<", "<="},
                                           {"=>", ">="},
                                           {"\u2260", "!="},
                                           {"\u2264", "<="},
                                           {"\u2265", ">="},
                                           {"&&", "and"},
                                           {"||", "or"},
                                           {"\u00d7", "*"},
                                           {"\u00f7", "/"},
                                           {"\u2212", "-"},
                                           {"\u2013", "-"},
                                           {"\u2014", "-"},
                                           {"^", "**"},
                                           {"\u2026", ".."},
                                           {";", ","}}};

struct Quotes {
  std::string_view open, close;
};
constexpr std::array<Quotes, 8> quotes{{{"'", "'"},
                                        {"\u2018", "\u2019"},
                                        {"\u201c", "\u201d"},
                                        {"\u201e", "\u201c"},
                                        {"\u201d", "\u201d"},
                                        {"\u00ab", "\u00bb"},
                                        {"\u00bb", "\u00ab"},
                                        {"\u2039", "\u203a"}}};

// French words for those of FEEL. `oui` and `non` are texts in the lists of this country, never booleans.
constexpr std::array<Habit, 28> words{{{"vrai", "true"},
                                       {"faux", "false"},
                                       {"nul", "null"},
                                       {"si", "if"},
                                       {"alors", "then"},
                                       {"sinon", "else"},
                                       {"et", "and"},
                                       {"ou", "or"},
                                       {"dans", "in"},
                                       {"entre", "between"},
                                       {"pour", "for"},
                                       {"oui", "\"oui\""},
                                       {"non", "\"non\""},
                                       {"refuse", "\"refuse\""},
                                       {"undefined", "null"},
                                       {"None", "null"},
                                       {"nil", "null"},
                                       {"somme", "sum"},
                                       {"moyenne", "mean"},
                                       {"nombre", "count"},
                                       {"compter", "count"},
                                       {"arrondi", "round half up"},
                                       {"longueur", "string length"},
                                       {"majuscule", "upper case"},
                                       {"minuscule", "lower case"},
                                       {"contient", "contains"},
                                       {"aujourd'hui", "today"},
                                       {"maintenant", "now"}}};

constexpr std::size_t most_suggestions = 100; // of the free names of one element

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string in_small_letters(std::string_view word) {
  std::string result(word);
  for (char &c : result)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 'a' - 'A');
  return result;
}

std::optional<std::string> feel_word(std::string_view word) {
  const std::string small = in_small_letters(word);
  for (const Habit &habit : words)
    if (habit.written == word || habit.written == small)
      return std::string(habit.feel);
  return is_keyword(small) && small != word ? std::optional(small) : std::nullopt;
}

// The run of digits that ends, or begins, at the position.
std::string_view digits_before(std::string_view text, std::size_t position) {
  std::size_t from = position;
  while (from > 0 && is_digit(text[from - 1]))
    --from;
  return text.substr(from, position - from);
}
std::string_view digits_after(std::string_view text, std::size_t position) {
  std::size_t to = position;
  while (to < text.size() && is_digit(text[to]))
    ++to;
  return text.substr(position, to - position);
}

// The comma of `10,5`; npos when the position follows none.
std::size_t comma_at(std::string_view text, std::size_t position) {
  const auto is_decimal = [&](std::size_t comma) {
    return comma > 0 && comma + 1 < text.size() && text[comma] == ',' && is_digit(text[comma - 1]) &&
           is_digit(text[comma + 1]);
  };
  if (is_decimal(position))
    return position;
  if (text.substr(position, 2) != "..") // `[10,5..20]`: what follows shows that no list was meant
    return std::string_view::npos;
  while (position > 0 && text[position - 1] == ' ')
    --position;
  const std::size_t back = position - digits_before(text, position).size();
  return back < position && back > 0 && is_decimal(back - 1) ? back - 1 : std::string_view::npos;
}

// Where the name, spaces left aside, ends when it is written at the position; npos when it is not.
std::size_t end_of(std::string_view name, std::string_view text, std::size_t position) {
  for (std::size_t i = 0; i < name.size();) {
    if (name[i] == ' ') {
      ++i;
      continue;
    }
    if (i > 0)
      position = skip_space(text, position);
    if (position >= text.size() || text[position] != name[i])
      return std::string_view::npos;
    ++i;
    ++position;
  }
  return position;
}

bool is_readable(std::string_view name) {
  if (!is_name_start(code_point_at(name, 0).value))
    return false;
  for (std::size_t i = 0; i < name.size();) {
    const CodePoint c = code_point_at(name, i);
    if (!is_name_part(c.value) && !is_name_symbol(c.value) && !is_space(c.value))
      return false;
    i += c.length;
  }
  return true;
}

} // namespace

std::optional<Hint> Parser::habit_at(std::size_t position) const {
  const std::string_view rest = text_.substr(position);
  for (const Habit &habit : operators)
    if (rest.starts_with(habit.written))
      return Hint{std::string(habit.written), std::string(habit.feel)};
  for (const auto &[open, close] : quotes) {
    if (!rest.starts_with(open))
      continue;
    const std::size_t end = rest.find(close, open.size());
    if (end == std::string_view::npos)
      return Hint{std::string(open), "\""};
    std::string_view inside = rest.substr(open.size(), end - open.size());
    inside.remove_prefix(skip_space(inside, 0));
    for (const std::string_view blank : {" ", "\u00a0", "\u202f"})
      while (inside.ends_with(blank))
        inside.remove_suffix(blank.size());
    return Hint{std::string(rest.substr(0, end + close.size())), '"' + std::string(inside) + '"'};
  }
  if (rest.starts_with("!") && !rest.starts_with("!="))
    return Hint{"!", "not(...)"};
  if (const std::size_t comma = comma_at(text_, position); comma != std::string_view::npos) {
    const std::string whole(digits_before(text_, comma)), part(digits_after(text_, comma + 1));
    return Hint{whole + ',' + part, whole + '.' + part};
  }
  // `1 000`: a separator of thousands.
  if (!rest.empty() && is_digit(rest.front()) && position > 0) {
    std::size_t before = position;
    for (bool more = true; more;) {
      more = false;
      for (const std::string_view blank : {" ", "\u00a0", "\u202f", "\u2009"})
        if (text_.substr(0, before).ends_with(blank)) {
          before -= blank.size();
          more = true;
        }
    }
    const std::string_view first = digits_before(text_, before);
    if (!first.empty() && before < position)
      return Hint{std::string(text_.substr(before - first.size(), position - before + first.size())) +
                      std::string(digits_after(text_, position)),
                  std::string(first) + std::string(digits_after(text_, position))};
  }
  const std::string_view word = text_.substr(position, word_end(text_, position) - position);
  if (auto feel = feel_word(word))
    return Hint{std::string(word), std::move(*feel)};
  return std::nullopt;
}

std::optional<std::string> Parser::unreadable_name_at(std::size_t position) const {
  for (const std::string &name : state_.names()) {
    if (is_readable(name))
      continue;
    const std::size_t farthest = 2 * name.size() + 16; // spaces may stand between its parts
    for (std::size_t start = position > farthest ? position - farthest : 0; start <= position && start < text_.size();
         ++start) {
      const std::size_t end = end_of(name, text_, start);
      if (end != std::string_view::npos && end > position)
        return name;
    }
  }
  return std::nullopt;
}

std::string Parser::meant_by(const Name &name, std::size_t start, bool called) const {
  const std::string first(text_.substr(start, word_end(text_, start) - start));
  auto feel = feel_word(name.text);
  if (!feel)
    feel = feel_word(first);
  if (called && name.text == "is defined")
    return "... != null";
  if (feel)
    return called && *feel == "\"non\"" ? "not" : *feel;
  std::vector<std::string> names = state_.names();
  names.insert(names.end(), builtin_names().begin(), builtin_names().end());
  if (!called)
    names.insert(names.end(), {"true", "false", "null"});
  if (const std::string *near = nearest(name.text, names))
    return *near;
  return in_cell_ && !called ? '"' + name.text + '"' : std::string(); // a text without its quotation marks
}

NodePtr Parser::free_input(const std::string &name, std::size_t start) {
  if (name == "?" || is_keyword(in_small_letters(name))) // TRUE is no name
    return nullptr;
  NodePtr node = state_.free_input(name);
  if (node == nullptr || !state_.told.insert(name).second)
    return node;
  // A suggestion looks at every name that might be meant: the first ones do.
  const bool suggests = state_.told.size() <= most_suggestions;
  const std::string meant = suggests ? meant_by({name, position_, false}, start, false) : std::string();
  std::string message = "'" + name + "' is declared by nothing: it is read as an input of no type";
  if (!meant.empty())
    message += meant.front() == '"' ? "; a text is written " + meant : ", did you mean '" + meant + "'?";
  const auto [line, column] = line_and_column(start);
  state_.warnings.push_back({Code::feel_unknown_name,
                             Level::warning,
                             std::move(message),
                             place_text(element_, line, column),
                             {},
                             name,
                             meant});
  return node;
}

void Parser::refuse_unknown(const Name &name, std::size_t start, bool called) {
  if (const auto unreadable = unreadable_name_at(start))
    fail_at(start, "the name '" + *unreadable + "' is written between back-ticks: `" + *unreadable + "`",
            Code::feel_unknown_name, {*unreadable, "`" + *unreadable + "`"});
  const std::string meant = meant_by(name, start, called);
  std::string message = called ? "there is no function '" + name.text + "'" : "'" + name.text + "' is not defined here";
  if (!meant.empty())
    message += meant.front() == '"' ? ": a text is written " + meant : ", did you mean '" + meant + "'?";
  for (const Vendor &vendor : called ? vendors() : std::span<const Vendor>()) {
    for (const LeftOut &one : vendor.left_out)
      if (one.name == name.text)
        message += (meant.empty() ? "; that of '" : " That of '") + std::string(vendor.name) + "' is not read, since " +
                   std::string(one.why);
    if (std::any_of(vendor.functions.begin(), vendor.functions.end(),
                    [&](const Signature &row) { return row.name == name.text; }))
      message += (meant.empty() ? "; the extension '" : " The extension '") + std::string(vendor.name) +
                 "' of DMN models has it";
  }
  fail_at(start, message, called ? Code::feel_unknown_function : Code::feel_unknown_name, {name.text, meant});
}

void Parser::warn_of_decimal_commas(const std::vector<std::size_t> &commas) {
  const auto tight = [&](std::size_t comma) {
    return comma > 0 && comma + 1 < text_.size() && is_digit(text_[comma - 1]) && is_digit(text_[comma + 1]);
  };
  for (std::size_t i = 0; i < commas.size(); ++i) {
    // `1,2,3` is a list; a decimal has one comma.
    if (!tight(commas[i]) || (i > 0 && tight(commas[i - 1])) || (i + 1 < commas.size() && tight(commas[i + 1])))
      continue;
    const std::string whole(digits_before(text_, commas[i])), part(digits_after(text_, commas[i] + 1));
    const std::string written = whole + ',' + part, decimal = whole + '.' + part;
    const auto [line, column] = line_and_column(commas[i] - whole.size());
    state_.warnings.push_back({Code::feel_decimal_comma,
                               Level::warning,
                               "'" + written + "' is read as " + whole + " or " + part + ": write " + decimal +
                                   " for a decimal, '" + whole + ", " + part + "' for two values",
                               place_text(element_, line, column),
                               {},
                               written,
                               decimal});
  }
}

} // namespace spie::feel
