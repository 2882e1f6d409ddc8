// What models and packs have in common on the way to Python: what is given, what comes back, what can be listed.
// Keys are French, as in the JSON of the command line.
#pragma once

#include "core.hpp"

#include "spie/dmn/model.hpp"

namespace spie::python {

py::dict to_python(const dmn::ElementInfo &element);
py::dict to_python(const dmn::FactInfo &fact);
py::list to_python(const dmn::Trace &trace);

template <class T> py::list to_list(const std::vector<T> &items) {
  py::list list;
  for (const T &item : items) list.append(to_python(item));
  return list;
}

// {name: value} or {(namespace, name): value}.
std::vector<dmn::Given> to_given(const py::dict &inputs);

} // namespace spie::python
