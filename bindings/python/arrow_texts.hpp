// A column of texts, or of bytes, of whatever speaks Arrow: looked at where it stands, and not copied.
#pragma once

#include "bindings/python/arrow_stream.hpp"

#include <deque>
#include <string_view>
#include <vector>

namespace spie::python {

struct ArrowTexts {
  std::deque<Releasing<ArrowArray>> arrays; // what the texts point into
  std::vector<std::string_view> texts;      // in the order of the rows
};

// `column`: what its `__arrow_c_stream__` or `__arrow_c_array__` gives; `name`: of the argument. Throws Error: A001 for
// a column of something else, and for a row that is null, T003 for what is no Arrow, T007 for a stream that fails.
ArrowTexts read_texts(py::handle column, const char *name);

} // namespace spie::python
