// What a schema says of a column: its form, read once, within stated limits.
#pragma once

#include "spie/arrow.h"
#include "spie/feel/temporal.hpp"
#include "spie/limits.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spie::table {

// Of lists, structs and dictionaries within one another, and of columns.
constexpr LoadLimits usual_schema{.depth = 64, .list_size = 100'000};

enum class Form : std::uint8_t {
  null,
  boolean,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  int64,
  uint64,
  float16,
  float32,
  float64,
  decimal, // of `width` bytes, `scale` decimals
  text,
  large_text,
  text_view,
  date_days,   // int32
  date_millis, // int64
  time32,      // `per_second`
  time64,      //
  timestamp,   // `per_second`, `zone`
  duration,    // `per_second`
  months,      // int32
  days_millis, // two int32
  months_days_nanos,
  list,
  large_list,
  list_view,
  large_list_view,
  fixed_list, // of `width` items
  structure,
  map,     // a list of structs of a key and a value
  run_end, // children: where runs end, their values
  other,   // not read; may be copied
};

struct Layout {
  std::string name, format;
  std::string extension;   // the name of its extension type; empty: none
  Form form = Form::other; // of the indices, where there is a dictionary
  std::int32_t width = 0, scale = 0;
  std::int64_t per_second = 0;
  feel::Zone zone;
  std::vector<Layout> children;
  std::unique_ptr<Layout> dictionary;
  std::size_t buffers = 0; // that its arrays have; those of text_view may be more

  // What its values are, once dictionaries and runs are followed.
  const Layout &values() const;
};

// Throws Error T003 for a schema that is none or exceeds the limits, A001 for limits that are none, with the names that
// lead to the place.
Layout read_layout(const ArrowSchema &schema, const LoadLimits &limits = {});

} // namespace spie::table
