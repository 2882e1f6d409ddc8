// What every function of the C interface is made of: the one place that catches, the checks of arguments, the ways out.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/evaluation.hpp"
#include "spie/feel/value.hpp"
#include "spie/json.hpp"
#include "spie/limits.hpp"
#include "spie/spie.h"

#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace spie::capi {

// False when `error` is not a spie_error of a size that this version knows: then nothing may be written to it.
bool begin(spie_error *error) noexcept;
spie_status report(spie_error *error, const std::vector<Diagnostic> &findings) noexcept;
spie_status report(spie_error *error, Code code, const char *message) noexcept;

// The one exception boundary: whatever `call` does, a status comes back.
template <class Call> spie_status guard(spie_error *error, Call &&call) noexcept {
  if (!begin(error))
    return SPIE_ERROR_ARGUMENT;
  try {
    call();
    return SPIE_OK;
  } catch (const Error &refusal) {
    return report(error, refusal.diagnostics());
  } catch (const std::bad_alloc &) {
    return report(error, Code::api_memory, "no memory is left");
  } catch (const std::exception &fault) {
    return report(error, Code::api_internal, fault.what());
  } catch (...) {
    return report(error, Code::api_internal, "an exception of an unknown type");
  }
}

// What a load is refused for; nothing when it is not. For those who ask for findings rather than for a handle.
template <class Load> std::vector<Diagnostic> refusals_of(Load &&load) {
  try {
    load();
    return {};
  } catch (const Error &refusal) {
    return refusal.diagnostics();
  }
}

// --- arguments; each throws Error A001 with the name of the argument ---

[[noreturn]] void refuse_argument(const char *name, const std::string &fault);

template <class T> T &needed(T *pointer, const char *name) {
  if (pointer == nullptr)
    refuse_argument(name, "is NULL");
  return *pointer;
}

// A NUL-terminated name, in UTF-8.
std::string_view text_argument(const char *text, const char *name);
// A document in UTF-8; NULL stands for an empty one when its length is 0.
std::string_view document_argument(const char *bytes, std::size_t length, const char *name);
// The same, without a word on its encoding.
std::string_view bytes_argument(const char *bytes, std::size_t length, const char *name);
feel::Date date_argument(const char *text, const char *name);
std::optional<feel::DateTime> instant_argument(const char *text, const char *name); // nullopt for NULL
feel::Limits limits_argument(const spie_limits *given);                             // the usual ones for NULL and 0
LoadLimits load_limits_argument(const spie_limits *given);                          // the same, of a load
// The entries of a JSON object; none for an empty document. J002 when it is something else, J003 beyond the limits: the
// usual ones for NULL and 0.
feel::Value object_argument(const char *json, std::size_t length, const char *name,
                            const spie_limits *limits = nullptr);

// The options given, or the defaults. A longer struct, of a later version, is taken when what this version does not
// know of it is zero, that is, not asked for.
// How much of it is read; `least` is the size of the struct when it was first published: an older program gets the
// defaults of what it lacks.
std::size_t options_size(const void *given, std::size_t least, std::size_t known, const char *name);
inline void check_options(const void *given, std::size_t known, const char *name) {
  (void)options_size(given, known, known, name);
}
template <class Options>
Options options_argument(const Options *given, const Options &defaults, std::size_t least = sizeof(Options)) {
  if (given == nullptr)
    return defaults;
  const std::size_t size = options_size(given, least, sizeof(Options), "options");
  Options result = defaults;
  std::memcpy(&result, given, size);
  return result;
}

// --- ways out ---

// What one evaluation gives: a value of a few lists within one another may unfold without end.
std::string result_text(const feel::Value &record); // J003 beyond 256 MiB

void give_bytes(char **out, std::size_t *length, std::string_view text); // bad_alloc when no memory is left

template <class Handle, class Make> spie_status give_handle(Handle **out, spie_error *error, Make &&make) noexcept {
  if (out != nullptr)
    *out = nullptr;
  return guard(error, [&] {
    needed(out, "the first argument, where the handle goes,");
    std::unique_ptr<Handle> handle = make();
    *out = handle.release();
  });
}

// `make` gives a text, or a value to be written as JSON.
template <class Make> spie_status give_text(char **out, std::size_t *length, spie_error *error, Make &&make) noexcept {
  if (out != nullptr)
    *out = nullptr;
  if (length != nullptr)
    *length = 0;
  return guard(error, [&] {
    needed(out, "the first argument, where the text goes,");
    auto made = make();
    if constexpr (std::is_same_v<decltype(made), feel::Value>)
      give_bytes(out, length, write_json(made));
    else
      give_bytes(out, length, made);
  });
}

} // namespace spie::capi
