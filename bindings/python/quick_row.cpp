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

// For as long as it lives, nobody else uses the row.
class Busy {
public:
  explicit Busy(bool &flag) : flag_(flag) { flag_ = true; }
  ~Busy() { flag_ = false; }
  Busy(const Busy &) = delete;
  Busy &operator=(const Busy &) = delete;

private:
  bool &flag_;
};

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
    PyObject *name = PyUnicode_FromStringAndSize(input->name.data(), static_cast<Py_ssize_t>(input->name.size()));
    if (name == nullptr)
      throw py::error_already_set();
    PyUnicode_InternInPlace(&name);
    inputs_.push_back({py::reinterpret_steal<py::object>(name), *slot});
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

std::optional<dmn::Result> QuickRow::evaluate(PyObject *inputs) {
  if (heavy_ || busy_)
    return std::nullopt;
  const Busy held(busy_);
  Py_ssize_t found = 0;
  try {
    for (const Input &input : inputs_) {
      PyObject *given = PyDict_GetItemWithError(inputs, input.name.ptr());
      if (given == nullptr) {
        if (PyErr_Occurred() != nullptr) {
          PyErr_Clear();
          return std::nullopt;
        }
        row_->unset(input.slot);
        continue;
      }
      ++found;
      if (!take(input.slot, given))
        return std::nullopt;
    }
  } catch (const Error &) { // said at length
    return std::nullopt;
  }
  if (found != PyDict_GET_SIZE(inputs))
    return std::nullopt;
  auto result = row_->run();
  heavy_ = !result;
  return result;
}

} // namespace spie::python
