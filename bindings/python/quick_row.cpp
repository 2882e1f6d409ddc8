#include "bindings/python/quick_row.hpp"

#include "bindings/python/decimal_digits.hpp"

#include <datetime.h>

namespace spie::python {

namespace {

constexpr std::int64_t few_steps = 20'000;   // well under a millisecond
constexpr Py_ssize_t longest_text = 1 << 16; // bytes; more is counted by the long way

dmn::EvaluateOptions quick_options() {
  dmn::EvaluateOptions options;
  options.clock = &system_clock;
  options.limits.steps = few_steps;
  return options;
}

// Of the very type str, whose texts compare without a line of Python.
bool is_same(PyObject *name, PyObject *other) {
  return PyUnicode_CheckExact(other) && PyUnicode_Compare(name, other) == 0;
}

} // namespace

QuickRow::QuickRow(const std::shared_ptr<const dmn::Decision> &decision)
    : decimal_(py::module_::import("decimal").attr("Decimal")) {
  if (PyDateTimeAPI == nullptr)
    PyDateTime_IMPORT;
  auto prepared = std::dynamic_pointer_cast<const dmn::PreparedDecision>(decision);
  row_ = std::make_unique<dmn::HeldRow>(prepared, quick_options(), dmn::Admission::Manner::standard);
  for (const dmn::ElementInfo *input : prepared->inputs()) {
    // Whoever is called by its name alone, and is a scalar.
    const dmn::ElementInfo *named = prepared->model().find_input(input->name, {});
    const auto slot = row_->find(input->name);
    if (named == nullptr || named->slot != input->slot || !slot || row_->element_of(*slot) != input->slot)
      continue;
    slots_[py::str(input->name)] = *slot;
  }
}

bool QuickRow::take(std::size_t slot, PyObject *given) {
  if (given == Py_None) {
    row_->unset(slot);
  } else if (PyUnicode_CheckExact(given)) {
    Py_ssize_t size = 0;
    const char *text = PyUnicode_AsUTF8AndSize(given, &size);
    if (text == nullptr || size > longest_text) {
      PyErr_Clear();
      return false;
    }
    row_->set_text(slot, {text, static_cast<std::size_t>(size)});
  } else if (PyBool_Check(given)) {
    row_->set(slot, given == Py_True);
  } else if (PyLong_CheckExact(given)) {
    int overflow = 0;
    const long long integer = PyLong_AsLongLongAndOverflow(given, &overflow);
    if (overflow != 0)
      return false;
    row_->set(slot, static_cast<std::int64_t>(integer));
  } else if (Py_TYPE(given) == reinterpret_cast<PyTypeObject *>(decimal_.ptr())) {
    const auto number = digits_of(given);
    if (!number)
      return false;
    row_->set(slot, *number);
  } else if (PyDate_CheckExact(given)) {
    row_->set(slot, *feel::Date::from_civil(PyDateTime_GET_YEAR(given), PyDateTime_GET_MONTH(given),
                                            PyDateTime_GET_DAY(given)));
  } else {
    return false;
  }
  return true;
}

// Takes the keys of a row in their order, and empties the slots that it does not fill. False: it has another key.
bool QuickRow::learn(PyObject *inputs) {
  order_.clear();
  row_->clear();
  PyObject *key = nullptr;
  PyObject *given = nullptr;
  Py_ssize_t position = 0;
  while (PyDict_Next(inputs, &position, &key, &given) != 0) {
    PyObject *slot = PyUnicode_CheckExact(key) ? PyDict_GetItemWithError(slots_.ptr(), key) : nullptr;
    if (slot == nullptr) {
      order_.clear();
      return false;
    }
    order_.push_back({py::reinterpret_borrow<py::object>(key), PyLong_AsSize_t(slot)});
  }
  return true;
}

// Nothing here runs a line of Python: the row stays as it is, and nobody else comes in.
bool QuickRow::fill(PyObject *inputs) {
  if (PyDict_GET_SIZE(inputs) != static_cast<Py_ssize_t>(order_.size()) && !learn(inputs))
    return false;
  PyObject *name = nullptr;
  PyObject *given = nullptr;
  Py_ssize_t position = 0;
  for (std::size_t at = 0; PyDict_Next(inputs, &position, &name, &given) != 0; ++at) {
    if (name != order_[at].name.ptr()) {
      if (is_same(order_[at].name.ptr(), name)) {
        order_[at].name = py::reinterpret_borrow<py::object>(name);
      } else {
        if (!learn(inputs))
          return false;
        position = 0;
        at = 0;
        PyDict_Next(inputs, &position, &name, &given);
      }
    }
    if (!take(order_[at].slot, given))
      return false;
  }
  return true;
}

std::optional<dmn::Result> QuickRow::evaluate(PyObject *inputs) {
  if (heavy_)
    return std::nullopt;
  try {
    if (!fill(inputs))
      return std::nullopt;
  } catch (const Error &) { // said at length
    return std::nullopt;
  }
  auto result = row_->run();
  heavy_ = !result;
  return result;
}

} // namespace spie::python
