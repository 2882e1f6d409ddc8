#include "capi/guard.hpp"

#include "rules/feel/loading.hpp"
#include "text/encoding.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <optional>

namespace spie::capi {

namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

// Whole characters alone, whatever the text: a message may quote what a file holds.
template <std::size_t size> void put(char (&buffer)[size], std::string_view text) noexcept {
  static_assert(size > ellipsis.size());
  std::size_t used = 0;
  std::size_t fits = 0; // the end of the last character before which an ellipsis still has room
  while (!text.empty()) {
    const std::size_t length = character_length(text, 0);
    const bool shown = length != 0 && text.front() != '\0';
    const std::string_view piece = shown ? text.substr(0, length) : replacement_character;
    if (used + piece.size() >= size) {
      used = fits;
      std::memcpy(buffer + used, ellipsis.data(), ellipsis.size());
      used += ellipsis.size();
      break;
    }
    std::memcpy(buffer + used, piece.data(), piece.size());
    used += piece.size();
    if (used + ellipsis.size() < size)
      fits = used;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  buffer[used] = '\0';
}

void put_code(char (&buffer)[8], std::string_view code) noexcept {
  const std::size_t length = std::min(code.size(), sizeof buffer - 1);
  std::memcpy(buffer, code.data(), length);
  buffer[length] = '\0';
}

spie_status status_of(Code code) noexcept {
  switch (text(code).front()) {
  case 'F':
    return SPIE_ERROR_FEEL;
  case 'D':
    return SPIE_ERROR_DMN;
  case 'P':
    return SPIE_ERROR_PACK;
  case 'C':
    return SPIE_ERROR_LEDGER;
  case 'J':
    return SPIE_ERROR_JSON;
  case 'E':
    return SPIE_ERROR_DOSSIER;
  case 'S':
    return SPIE_ERROR_STORE;
  case 'I':
    return SPIE_ERROR_IMPORT;
  case 'R':
    return SPIE_ERROR_RIGHTS;
  case 'Q':
    return SPIE_ERROR_PATH;
  case 'B':
    return SPIE_ERROR_BADGE;
  case 'T':
    return SPIE_ERROR_TABLE;
  default:
    return code == Code::api_memory     ? SPIE_ERROR_MEMORY
           : code == Code::api_argument ? SPIE_ERROR_ARGUMENT
                                        : SPIE_ERROR_INTERNAL;
  }
}

constexpr std::size_t largest_struct = 1u << 16;

bool all_zero(const unsigned char *begin, const unsigned char *end) noexcept {
  return std::all_of(begin, end, [](unsigned char byte) { return byte == 0; });
}

} // namespace

bool begin(spie_error *error) noexcept {
  if (error == nullptr)
    return true;
  if (error->struct_size < sizeof(spie_error) || error->struct_size > largest_struct)
    return false;
  error->code[0] = '\0';
  error->findings = 0;
  error->message[0] = '\0';
  error->where[0] = '\0';
  error->remedy[0] = '\0';
  return true;
}

spie_status report(spie_error *error, const std::vector<Diagnostic> &findings) noexcept {
  // An Error holds one finding at least; the one to tell is the first that refuses.
  const auto refusing = std::find_if(findings.begin(), findings.end(),
                                     [](const Diagnostic &finding) { return finding.level == Level::error; });
  const Diagnostic &first = refusing == findings.end() ? findings.front() : *refusing;
  if (error != nullptr) {
    put_code(error->code, text(first.code));
    error->findings = static_cast<std::int32_t>(std::min<std::size_t>(findings.size(), INT32_MAX));
    put(error->message, first.message.empty() ? meaning(first.code) : std::string_view(first.message));
    put(error->where, first.where);
    put(error->remedy, first.remedy.empty() ? remedy(first.code) : std::string_view(first.remedy));
  }
  return status_of(first.code);
}

spie_status report(spie_error *error, Code code, const char *message) noexcept {
  if (error != nullptr) {
    put_code(error->code, text(code));
    error->findings = 1;
    put(error->message, message);
    error->where[0] = '\0';
    put(error->remedy, remedy(code));
  }
  return status_of(code);
}

void refuse_argument(const char *name, const std::string &fault) {
  throw Error(Diagnostic{Code::api_argument, Level::error, std::string(name) + ' ' + fault, name});
}

std::string_view text_argument(const char *text, const char *name) {
  const std::string_view view = &needed(text, name);
  if (!is_utf8(view))
    refuse_argument(name, "is not UTF-8");
  return view;
}

std::string_view bytes_argument(const char *bytes, std::size_t length, const char *name) {
  if (bytes == nullptr && length != 0)
    refuse_argument(name, "is NULL and its length is not 0");
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, length);
}

std::string_view document_argument(const char *bytes, std::size_t length, const char *name) {
  const std::string_view view = bytes_argument(bytes, length, name);
  if (!is_utf8(view))
    refuse_argument(name, "is not UTF-8");
  return view;
}

feel::Date date_argument(const char *text, const char *name) {
  const std::string_view view = text_argument(text, name);
  const auto date = feel::Date::parse(view);
  if (!date)
    refuse_argument(name, "is not a date such as 2022-06-01: '" + std::string(view.substr(0, 40)) + "'");
  return *date;
}

std::optional<feel::DateTime> instant_argument(const char *text, const char *name) {
  if (text == nullptr)
    return std::nullopt;
  const std::string_view view = text_argument(text, name);
  auto instant = feel::DateTime::parse(view);
  if (!instant)
    refuse_argument(name, "is not a date and time such as 2022-06-01T10:30:00+02:00: '" +
                              std::string(view.substr(0, 60)) + "'");
  return instant;
}

namespace {

// Into limits of an evaluation or of a load, which bear the same names.
template <class Limits> Limits taken(const spie_limits *given) {
  const spie_limits asked = options_argument(given, spie_limits SPIE_LIMITS_INIT);
  Limits limits;
  const auto take = [](auto &limit, std::uint64_t value, const char *name) {
    using Limit = std::remove_reference_t<decltype(limit)>;
    if (value > static_cast<std::uint64_t>(std::numeric_limits<Limit>::max()))
      refuse_argument(name, "is too large a limit");
    if (value != 0)
      limit = static_cast<Limit>(value);
  };
  take(limits.depth, asked.depth, "limits.depth");
  take(limits.steps, asked.steps, "limits.steps");
  take(limits.list_size, asked.list_size, "limits.list_size");
  take(limits.bytes, asked.bytes, "limits.bytes");
  constexpr std::uint64_t most_milliseconds = std::numeric_limits<std::int32_t>::max(); // 24 days
  if (asked.milliseconds > most_milliseconds)
    refuse_argument("limits.milliseconds", "is too large a limit");
  limits.time = std::chrono::milliseconds(static_cast<std::int64_t>(asked.milliseconds));
  return limits;
}

} // namespace

feel::Limits limits_argument(const spie_limits *given) { return taken<feel::Limits>(given); }
LoadLimits load_limits_argument(const spie_limits *given) { return taken<LoadLimits>(given); }

namespace {

// Within limits that the caller gave, a refusal says that they are his.
feel::Value json_argument(std::string_view document, const char *name, const spie_limits *limits) {
  constexpr JsonLimits usual;
  const LoadLimits most =
      feel::Loading(load_limits_argument(limits), {.depth = usual.depth, .bytes = usual.bytes}).limits();
  try {
    return read_json(document, name, {most.depth, most.bytes});
  } catch (const Error &error) {
    if (limits == nullptr || error.first().code != Code::json_limit)
      throw;
    Diagnostic said = error.first();
    said.remedy = feel::limit_remedy(document.size() > most.bytes ? "bytes" : "depth");
    throw Error(std::move(said));
  }
}

} // namespace

feel::Value object_argument(const char *json, std::size_t length, const char *name, const spie_limits *limits) {
  const std::string_view document = bytes_argument(json, length, name);
  if (document.empty())
    return feel::Value(feel::Context());
  feel::Value value = json_argument(document, name, limits);
  if (!value.is(feel::Kind::context))
    throw Error(Diagnostic{Code::json_value, Level::error,
                           std::string(name) + " is not a JSON object" + std::string(empty_array_hint(value)), name});
  return value;
}

std::size_t options_size(const void *given, std::size_t least, std::size_t known, const char *name) {
  const auto *bytes = static_cast<const unsigned char *>(given);
  std::size_t size = 0;
  std::memcpy(&size, given, sizeof size);
  // Structs end where a pointer or a count does: another size would cut one in two.
  if (size < least || size > largest_struct || size % sizeof size != 0)
    refuse_argument(name, "has a struct_size that is none of this version's: use its _INIT macro");
  if (size > known && !all_zero(bytes + known, bytes + size))
    refuse_argument(name, "asks for what this version of the library does not know");
  return std::min(size, known);
}

std::string result_text(const feel::Value &record) { return write_json(record, 0, 256u << 20); }

void give_bytes(char **out, std::size_t *length, std::string_view text) {
  auto *copy = static_cast<char *>(std::malloc(text.size() + 1));
  if (copy == nullptr)
    throw std::bad_alloc();
  if (!text.empty())
    std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  *out = copy;
  if (length != nullptr)
    *length = text.size();
}

} // namespace spie::capi
