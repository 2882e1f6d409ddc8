#include "rules/feel/builtins/regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <new>

namespace spie::feel {

namespace {

template <auto release> struct Release {
  template <typename Handle> void operator()(Handle *handle) const noexcept { release(handle); }
};
using Code8 = std::unique_ptr<pcre2_code, Release<pcre2_code_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Release<pcre2_compile_context_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Release<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Release<pcre2_match_data_free>>;

template <typename Handle> Handle allocated(Handle handle) {
  if (!handle)
    throw std::bad_alloc();
  return handle;
}

PCRE2_SPTR bytes(std::string_view text) noexcept { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

std::string message_of(int code) {
  PCRE2_UCHAR buffer[256];
  const int length = pcre2_get_error_message(code, buffer, sizeof buffer);
  return length < 0 ? "unknown fault" : std::string(reinterpret_cast<const char *>(buffer));
}

// PCRE2 counts its backtracks from each place where a match may start: a limit that falls with the length of the text
// bounds the whole search to some seconds at most, whatever the pattern.
std::uint32_t match_limit(std::size_t length) noexcept {
  constexpr std::size_t total = 50'000'000, least = 10'000, most = 2'000'000;
  return static_cast<std::uint32_t>(std::clamp(total / (length + 1), least, most));
}

constexpr std::uint32_t heap_limit_kib = 32 * 1024;

void count(Evaluation &evaluation, std::size_t steps) {
  if (!evaluation.step(static_cast<std::int64_t>(steps)))
    throw RegexError{"the search is given up: too many steps"};
}

} // namespace

struct Regex::Compiled {
  Code8 code;
  bool scans = false; // may read on and on from each place where a match may start
};

// The search of one text, from match to match. PCRE2 does not tell what it took: it is asked for few backtracks
// first, from a bounded number of places at a time, and what that may have taken counts.
struct Regex::Search {
  Search(Evaluation &whose, const Compiled &compiled, std::string_view subject)
      : evaluation(whose), code(compiled.code.get()), scans(compiled.scans), text(subject),
        data(allocated(MatchData(pcre2_match_data_create_from_pattern(code, nullptr)))),
        context(allocated(MatchContext(pcre2_match_context_create(nullptr)))) {
    pcre2_set_heap_limit(context.get(), heap_limit_kib);
  }

  // The next match from `from` on.
  bool find(std::size_t from) {
    constexpr std::size_t each = 4, short_text = 256, read_at_once = std::size_t{64} << 20U, bytes_in_a_step = 2'048;
    count(evaluation, each);
    if (!scans || text.size() - from <= short_text)
      return judged(match(from, text.size() - from + 1));
    while (true) { // the rest may be read from each start
      const std::size_t rest = text.size() - from, starts = std::min(read_at_once / (rest + 1) + 1, rest + 1);
      pcre2_set_offset_limit(context.get(), from + starts - 1);
      const int answer = match(from, starts);
      count(evaluation, tried(answer, from, starts) * rest / bytes_in_a_step);
      const bool found = judged(answer);
      if (found || starts > rest)
        return found;
      from += starts;
      while (from < text.size() && is_continuation(text[from]))
        ++from;
    }
  }

  // What PCRE2 answers of a match that starts at one of so many places from `from` on.
  int match(std::size_t from, std::size_t starts) {
    constexpr std::size_t backtracks_in_a_step = 16, unasked = 4'096, fewest = 16;
    const std::uint32_t most = match_limit(text.size());
    const auto first = std::min(most, static_cast<std::uint32_t>(std::max(unasked / starts, fewest)));
    int answer = PCRE2_ERROR_MATCHLIMIT;
    std::uint32_t limit = 0;
    while (answer == PCRE2_ERROR_MATCHLIMIT && limit < most) {
      limit = limit == 0 ? first : std::min(most, limit * 32);
      pcre2_set_match_limit(context.get(), limit);
      answer = pcre2_match(code, bytes(text), text.size(), from, checked ? PCRE2_NO_UTF_CHECK : 0U, data.get(),
                           context.get());
      checked = true;
    }
    if (limit > first) // the last try took the most of it
      count(evaluation, tried(answer, from, starts) * limit / backtracks_in_a_step);
    return answer;
  }

  // Of so many places, those that were tried.
  std::size_t tried(int answer, std::size_t from, std::size_t starts) const {
    return answer > 0 ? std::max(start(), from) - from + 1 : starts;
  }

  static bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

  static bool judged(int found) {
    if (found == PCRE2_ERROR_NOMATCH)
      return false;
    if (found == PCRE2_ERROR_NOMEMORY)
      throw std::bad_alloc();
    if (found < 0)
      throw RegexError{"the search is given up: " + message_of(found)};
    return true;
  }

  std::size_t groups() const noexcept { return pcre2_get_ovector_count(data.get()); } // the whole match counts
  // What a group matched; empty when it took no part.
  std::string_view group(std::size_t number) const noexcept {
    const PCRE2_SIZE *const ends = pcre2_get_ovector_pointer(data.get());
    if (number >= groups() || ends[2 * number] == PCRE2_UNSET)
      return {};
    return text.substr(ends[2 * number], ends[2 * number + 1] - ends[2 * number]);
  }
  std::size_t start() const noexcept { return pcre2_get_ovector_pointer(data.get())[0]; }
  std::size_t end() const noexcept { return pcre2_get_ovector_pointer(data.get())[1]; }

  Evaluation &evaluation;
  const pcre2_code *code;
  bool scans;
  std::string_view text;
  MatchData data;
  MatchContext context;
  bool checked = false;
};

Regex::Regex(Evaluation &evaluation, std::string_view pattern, std::string_view flags)
    : evaluation_(evaluation), compiled_(std::make_unique<Compiled>()),
      literal_(flags.find('q') != std::string_view::npos) {
  constexpr std::size_t least = 32, bytes_in_a_step = 4; // to compile it
  count(evaluation, least + pattern.size() / bytes_in_a_step);
  const TranslatedRegex translated = translate_regex(pattern, flags);
  compiled_->scans = !literal_ && pattern.find_first_of("*+{") != std::string_view::npos;
  std::uint32_t options =
      PCRE2_USE_OFFSET_LIMIT | PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
  if (translated.caseless)
    options |= PCRE2_CASELESS;
  if (translated.multiline)
    options |= PCRE2_MULTILINE;
  const auto context = allocated(CompileContext(pcre2_compile_context_create(nullptr)));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  int error = 0;
  PCRE2_SIZE offset = 0;
  compiled_->code.reset(
      pcre2_compile(bytes(translated.pattern), translated.pattern.size(), options, &error, &offset, context.get()));
  if (!compiled_->code)
    throw RegexError{message_of(error)};
}

Regex::~Regex() = default;

bool Regex::matches(std::string_view text) const { return Search(evaluation_, *compiled_, text).find(0); }

void Regex::refuse_empty_match() const {
  if (matches({}))
    throw RegexError{"the pattern matches a text of no character"};
}

std::string Regex::replace(std::string_view text, std::string_view replacement, std::size_t enough) const {
  // The replacement cut into characters and groups.
  struct Part {
    std::string text;
    std::optional<std::size_t> group;
  };
  refuse_empty_match();
  Search search(evaluation_, *compiled_, text);
  std::vector<Part> parts;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto add = [&parts](char c) {
    if (parts.empty() || parts.back().group)
      parts.push_back({});
    parts.back().text += c;
  };
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (literal_ || (c != '\\' && c != '$')) {
      add(c);
    } else if (c == '\\') {
      if (next != '\\' && next != '$')
        throw RegexError{"in the replacement a backslash stands before neither \\ nor $"};
      add(next);
      ++i;
    } else {
      if (!is_digit(next))
        throw RegexError{"in the replacement a $ is not followed by a digit"};
      // As many digits as name a group; the first one in any case.
      std::size_t group = static_cast<std::size_t>(next - '0');
      ++i;
      while (i + 1 < replacement.size() && is_digit(replacement[i + 1]) &&
             group * 10 + static_cast<std::size_t>(replacement[i + 1] - '0') < search.groups())
        group = group * 10 + static_cast<std::size_t>(replacement[++i] - '0');
      parts.push_back({{}, group});
    }
  }
  std::string result;
  std::size_t from = 0;
  while (result.size() < enough && search.find(from)) {
    result += text.substr(from, search.start() - from);
    for (auto part = parts.begin(); part != parts.end() && result.size() < enough; ++part)
      result += part->group ? search.group(*part->group) : std::string_view(part->text);
    from = search.end();
    if (search.end() == search.start()) // cannot be, since no pattern matches here without matching nothing at all
      break;
  }
  result += text.substr(from);
  return result;
}

std::vector<std::string> Regex::find_all(std::string_view text, std::size_t most) const {
  Search search(evaluation_, *compiled_, text);
  std::vector<std::string> result;
  for (std::size_t from = 0; from <= text.size() && result.size() < most && search.find(from);) {
    from = search.end();
    if (search.end() > search.start())
      result.emplace_back(text.substr(search.start(), search.end() - search.start()));
    else // on to the next code point
      do
        ++from;
      while (from < text.size() && Search::is_continuation(text[from]));
  }
  return result;
}

// A match of no character separates too, save at the very start: split("abc", "") is "a", "b", "c" and "".
std::vector<std::string> Regex::split(std::string_view text, std::size_t most) const {
  Search search(evaluation_, *compiled_, text);
  std::vector<std::string> result;
  std::size_t part = 0, from = 0;
  while (from <= text.size() && result.size() < most && search.find(from)) {
    from = search.end();
    if (search.end() != 0) {
      result.emplace_back(text.substr(part, search.start() - part));
      part = search.end();
    }
    if (search.end() == search.start()) // on to the next code point
      do
        ++from;
      while (from < text.size() && Search::is_continuation(text[from]));
  }
  result.emplace_back(text.substr(part));
  return result;
}

} // namespace spie::feel
