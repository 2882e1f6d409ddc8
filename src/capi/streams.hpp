// Tables on their way out: a stream that the caller gives, and releases.
#pragma once

#include "capi/guard.hpp"
#include "spie/arrow.h"

namespace spie::capi {

// `make` makes a stream of what it is given; a call that fails leaves it released.
template <class Make> spie_status give_stream(ArrowArrayStream *out, spie_error *error, Make &&make) noexcept {
  if (out != nullptr)
    out->release = nullptr;
  return guard(error, [&] { make(needed(out, "the first argument, where the table goes,")); });
}

} // namespace spie::capi
