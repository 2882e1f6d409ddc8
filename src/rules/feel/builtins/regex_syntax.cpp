// From the regular expressions of XPath 3.1 (XML Schema part 2 appendix G, with anchors, reluctant quantifiers, groups
// that do not capture, back-references) to the syntax of PCRE2.
#include "rules/feel/builtins/regex.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace spie::feel {

namespace {

struct CodeRange {
  char32_t first;
  char32_t last;
};

struct Block {
  std::string_view name;
  CodeRange range;
};

constexpr Block blocks[] = {
// no std::array: clang deduces the type of 256 elements at most
#define SPIE_BLOCK(name, first, last) {name, {first, last}},
#include "rules/feel/builtins/unicode_blocks.inc"
#undef SPIE_BLOCK
};

constexpr std::array<std::string_view, 37> categories{
    "C", "Cc", "Cf", "Cn", "Co", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",  "Mc", "Me", "Mn", "N",  "Nd", "Nl", "No",
    "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs", "Cs"};

constexpr char32_t last_code_point = 0x10ffff;

constexpr std::array<CodeRange, 3> blanks{{{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}}};

// NameStartChar and NameChar of XML 1.0.
constexpr std::array<CodeRange, 16> initial_name_characters{{{':', ':'},
                                                             {'A', 'Z'},
                                                             {'_', '_'},
                                                             {'a', 'z'},
                                                             {0xc0, 0xd6},
                                                             {0xd8, 0xf6},
                                                             {0xf8, 0x2ff},
                                                             {0x370, 0x37d},
                                                             {0x37f, 0x1fff},
                                                             {0x200c, 0x200d},
                                                             {0x2070, 0x218f},
                                                             {0x2c00, 0x2fef},
                                                             {0x3001, 0xd7ff},
                                                             {0xf900, 0xfdcf},
                                                             {0xfdf0, 0xfffd},
                                                             {0x10000, 0xeffff}}};
constexpr std::array<CodeRange, 17> name_characters{{{'-', '.'},
                                                     {'0', ':'},
                                                     {'A', 'Z'},
                                                     {'_', '_'},
                                                     {'a', 'z'},
                                                     {0xb7, 0xb7},
                                                     {0xc0, 0xd6},
                                                     {0xd8, 0xf6},
                                                     {0xf8, 0x37d},
                                                     {0x37f, 0x1fff},
                                                     {0x200c, 0x200d},
                                                     {0x203f, 0x2040},
                                                     {0x2070, 0x218f},
                                                     {0x2c00, 0x2fef},
                                                     {0x3001, 0xd7ff},
                                                     {0xf900, 0xfdcf},
                                                     {0xfdf0, 0xeffff}}};

[[noreturn]] void fail(std::string message) { throw RegexError{std::move(message)}; }

std::u32string decoded(std::string_view text) {
  if (!is_utf8(text))
    fail("the pattern is not UTF-8");
  std::u32string result;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    result += c.value;
    i += c.length;
  }
  return result;
}

bool is_blank(char32_t c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char32_t c) noexcept { return c >= '0' && c <= '9'; }

// A character as PCRE2 reads it, in a class and outside.
std::string literal(char32_t c) {
  if (is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
    return std::string(1, static_cast<char>(c));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  do
    hex.insert(hex.begin(), digits[c % 16]);
  while ((c /= 16) != 0);
  return "\\x{" + hex + '}';
}

std::string content(CodeRange range) { return literal(range.first) + '-' + literal(range.last); }

std::string content(std::span<const CodeRange> ranges) {
  std::string result;
  for (const CodeRange range : ranges)
    result += content(range);
  return result;
}

// All other characters; the ranges are sorted.
std::string complement(std::span<const CodeRange> ranges) {
  std::string result;
  char32_t next = 0;
  for (const CodeRange range : ranges) {
    if (range.first > next)
      result += content({next, range.first - 1});
    next = static_cast<char32_t>(range.last + 1);
  }
  if (next <= last_code_point)
    result += content({next, last_code_point});
  return result;
}

class Translator {
public:
  Translator(std::u32string pattern, bool dot_all, bool multiline)
      : pattern_(std::move(pattern)), dot_all_(dot_all), multiline_(multiline) {}

  std::string translate() {
    alternatives(0);
    if (!at_end())
      fail("a parenthesis closes nothing");
    return std::move(out_);
  }

private:
  bool at_end() const noexcept { return at_ == pattern_.size(); }
  char32_t peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : U'\0';
  }
  bool accept(char32_t c) noexcept {
    if (at_end() || pattern_[at_] != c)
      return false;
    ++at_;
    return true;
  }
  char32_t take(const char *missing) {
    if (at_end())
      fail(missing);
    return pattern_[at_++];
  }

  void alternatives(int depth) {
    if (depth > 100)
      fail("groups are nested too deeply");
    while (!at_end() && peek() != ')') {
      if (accept('|')) {
        out_ += '|';
        continue;
      }
      atom(depth);
      quantifier();
    }
  }

  void atom(int depth) {
    const char32_t c = pattern_[at_++];
    switch (c) {
    case '(':
      return group(depth);
    case '[':
      out_ += character_class(0);
      return;
    case '.':
      out_ += dot_all_ ? "(?s:.)" : "[^\\n\\r]";
      return;
    case '^':
      out_ += multiline_ ? "(?:^)" : "(?:\\A)";
      return;
    case '$':
      out_ += multiline_ ? "(?:$)" : "(?:\\z)";
      return;
    case '\\':
      return escape();
    case '?':
    case '*':
    case '+':
    case '{':
      fail("a quantifier repeats nothing");
    case '}':
    case ']':
      fail("a closing bracket stands alone; write it after a backslash");
    default:
      out_ += literal(c);
    }
  }

  void group(int depth) {
    if (accept('?')) {
      if (!accept(':'))
        fail("a group may start with (?: alone; there is no look-around");
      out_ += "(?:";
      alternatives(depth + 1);
    } else {
      const std::size_t number = closed_.size();
      closed_.push_back(false);
      out_ += '(';
      alternatives(depth + 1);
      closed_[number] = true;
    }
    if (!accept(')'))
      fail("a parenthesis is not closed");
    out_ += ')';
  }

  // A number of repetitions.
  std::string repetitions() {
    std::string digits;
    while (is_digit(peek()))
      digits += static_cast<char>(pattern_[at_++]);
    if (digits.size() > 5 || (digits.size() == 5 && digits > "65535"))
      fail("a quantifier exceeds 65535");
    return digits;
  }

  void quantifier() {
    if (peek() == '?' || peek() == '*' || peek() == '+') {
      out_ += static_cast<char>(pattern_[at_++]);
    } else if (accept('{')) {
      const std::string least = repetitions();
      std::string most = least;
      const bool open = accept(',');
      if (open)
        most = repetitions();
      if (least.empty() || !accept('}'))
        fail("a quantifier is not of the form {n}, {n,} or {n,m}");
      if (!most.empty() && std::stoi(most) < std::stoi(least))
        fail("a quantifier has its limits in the wrong order");
      out_ += '{' + least + (open ? ',' + most : "") + '}';
    } else {
      return;
    }
    if (accept('?'))
      out_ += '?';
  }

  // What \d, \p{…} and the like stand for, as the content of a class; empty for an escape of one character.
  std::string class_escape(char32_t c) {
    switch (c) {
    case 'd':
      return "\\p{Nd}";
    case 'D':
      return "\\P{Nd}";
    case 's':
      return content(blanks);
    case 'S':
      return complement(blanks);
    case 'w': // all but P, Z, C
      return "\\p{L}\\p{M}\\p{N}\\p{S}";
    case 'W':
      return "\\p{P}\\p{Z}\\p{C}";
    case 'i':
      return content(initial_name_characters);
    case 'I':
      return complement(initial_name_characters);
    case 'c':
      return content(name_characters);
    case 'C':
      return complement(name_characters);
    case 'p':
    case 'P':
      return property(c == 'P');
    default:
      return {};
    }
  }

  std::string property(bool negated) {
    if (!accept('{'))
      fail("\\p is not followed by {name}");
    std::string name;
    for (char32_t c = take("\\p{ is not closed"); c != '}'; c = take("\\p{ is not closed"))
      name += c < 0x80 ? static_cast<char>(c) : '?';
    if (std::find(categories.begin(), categories.end(), name) != categories.end())
      return (negated ? "\\P{" : "\\p{") + name + '}';
    if (name.starts_with("Is")) {
      const std::string_view block = std::string_view(name).substr(2);
      const auto *const found = std::lower_bound(std::begin(blocks), std::end(blocks), block,
                                                 [](const Block &b, std::string_view key) { return b.name < key; });
      if (found != std::end(blocks) && found->name == block)
        return negated ? complement(std::span(&found->range, 1)) : content(found->range);
    }
    fail("\\p{" + name + "} names no category and no block of Unicode");
  }

  // The character that an escape of one character denotes.
  static char32_t escaped_character(char32_t c) {
    if (c == 'n')
      return '\n';
    if (c == 'r')
      return '\r';
    if (c == 't')
      return '\t';
    constexpr std::u32string_view allowed = U"\\|.?*+(){}-[]^$";
    if (allowed.find(c) == std::u32string_view::npos)
      fail("a backslash stands before a character that it does not escape");
    return c;
  }

  void escape() {
    const char32_t c = take("the pattern ends with a backslash");
    if (is_digit(c))
      return back_reference(c);
    const std::string set = class_escape(c);
    // A class of its own is the same whatever the case.
    out_ += set.empty() ? literal(escaped_character(c)) : "(?-i:[" + set + "])";
  }

  // As many digits as name a group that has been closed; those that follow are characters.
  void back_reference(char32_t first) {
    std::size_t number = static_cast<std::size_t>(first - '0');
    while (is_digit(peek()) && number * 10 + (peek() - '0') <= closed_.size())
      number = number * 10 + static_cast<std::size_t>(pattern_[at_++] - '0');
    if (number == 0 || number > closed_.size() || !closed_[number - 1])
      fail("a back-reference names no group closed before it");
    out_ += "(?:\\g{" + std::to_string(number) + "})";
  }

  // After the opening bracket: the whole class, subtraction included.
  std::string character_class(int depth) {
    if (depth > 50)
      fail("character classes are nested too deeply");
    const bool negated = accept('^');
    std::string set;
    for (bool first = true;; first = false) {
      const char32_t c = take("a character class is not closed");
      if (c == ']') {
        if (first)
          fail("a character class is empty");
        return (negated ? "[^" : "[") + set + ']';
      }
      if (c == '-' && peek() == '[' && !first) {
        ++at_;
        const std::string subtracted = character_class(depth + 1);
        if (!accept(']'))
          fail("a character class goes on after its subtraction");
        return "(?:(?!" + subtracted + ')' + (negated ? "[^" : "[") + set + "])";
      }
      if (c == '[')
        fail("a bracket in a character class stands without a backslash");
      if (c == '-' && !first) { // after a range or an escape of a class it starts no range: XML Schema 1.1 reads itself
        set += literal(c);
      } else if (c == '\\') {
        const char32_t escaped = take("the pattern ends with a backslash");
        const std::string several = class_escape(escaped);
        if (!several.empty())
          set += several;
        else
          range_from(escaped_character(escaped), set);
      } else {
        range_from(c, set);
      }
    }
  }

  // A character of a class, or the range that it starts.
  void range_from(char32_t first, std::string &set) {
    if (peek() != '-' || peek(1) == '[' || peek(1) == ']' || at_ + 1 >= pattern_.size()) {
      set += literal(first);
      return;
    }
    if (peek(1) == '-' && peek(2) == '[') { // the hyphen is a character, a subtraction follows
      set += literal(first);
      return;
    }
    ++at_;
    char32_t last = take("a character class is not closed");
    if (last == '\\')
      last = escaped_character(take("the pattern ends with a backslash"));
    if (last < first)
      fail("a range of a character class ends before it starts");
    set += content(CodeRange{first, last});
  }

  std::u32string pattern_;
  bool dot_all_;
  bool multiline_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<bool> closed_; // by group
};

// Flag x: blanks count in character classes alone; those after a backslash go too (`\ s` is `\s`).
std::u32string without_blanks(const std::u32string &pattern) {
  std::u32string result;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char32_t c = pattern[i];
    if (depth == 0 && is_blank(c))
      continue;
    result += c;
    if (c == '\\') {
      do
        ++i;
      while (depth == 0 && i < pattern.size() && is_blank(pattern[i]));
      if (i < pattern.size())
        result += pattern[i];
    } else if (c == '[')
      ++depth;
    else if (c == ']' && depth > 0)
      --depth;
  }
  return result;
}

} // namespace

TranslatedRegex translate_regex(std::string_view pattern, std::string_view flags) {
  const auto has = [flags](char flag) { return flags.find(flag) != std::string_view::npos; };
  if (flags.find_first_not_of("smixq") != std::string_view::npos)
    fail("the flags \"" + std::string(flags) + "\" are not among s, m, i, x, q");
  constexpr std::size_t longest = 10'000;
  if (pattern.size() > longest)
    fail("the pattern is too long");
  std::u32string characters = decoded(pattern);
  TranslatedRegex result;
  result.caseless = has('i');
  if (has('q')) {
    for (const char32_t c : characters)
      result.pattern += literal(c);
    return result;
  }
  if (has('x'))
    characters = without_blanks(characters);
  result.multiline = has('m');
  result.pattern = Translator(std::move(characters), has('s'), has('m')).translate();
  return result;
}

} // namespace spie::feel
