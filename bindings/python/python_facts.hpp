// Facts as a Python dictionary gives them, read where they stand: no FEEL value of the whole is made on the way.
#pragma once

#include "bindings/python/core.hpp"

#include "spie/dmn/fact_source.hpp"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace spie::python {

// What has been read, against max_items and max_bytes.
struct Counts {
  std::size_t items = 0;
  std::size_t bytes = 0;
};

// A node is a PyObject *: the GIL is held, the caller holds the whole, and this what was come to in it, since reading a
// part may run a caller's code, which may take it apart. Throws Error for what stands for
// no value; to_value says better which.
class PythonFacts final : public dmn::FactSource {
public:
  PythonFacts();
  Shape shape(Node node) override;
  feel::Value value(Node node, int depth) override;
  std::size_t size(Node list) override;
  Node item(Node list, std::size_t index) override;
  void entries(Node context, std::vector<Entry> &into) override;

private:
  static PyObject *object_of(Node node) { return static_cast<PyObject *>(const_cast<void *>(node)); }
  void count(std::size_t items);
  void hold(PyObject *part) { held_.push_back(py::reinterpret_borrow<py::object>(part)); }
  Counts counts_;
  std::vector<py::object> held_;
};

// What a prepared decision reads of a dict; nullopt where only the long way says what is wrong.
template <class Read> auto read_plain(py::handle facts, Read &&read) -> decltype(read(std::declval<PythonFacts &>())) {
  if (PyDict_Check(facts.ptr()) == 0)
    return std::nullopt;
  try {
    PythonFacts source;
    return read(source);
  } catch (const Error &) {
    return std::nullopt;
  }
}

} // namespace spie::python
