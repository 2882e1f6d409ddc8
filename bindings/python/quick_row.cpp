#include "bindings/python/quick_row.hpp"

#include "bindings/python/decimal_digits.hpp"

#include <datetime.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace spie::python {

namespace {

constexpr std::int64_t few_steps = 20'000;   // well under a millisecond
constexpr Py_ssize_t longest_text = 1 << 16; // bytes; more is counted by the long way
constexpr std::size_t longest_kept = 256;    // bytes

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
  if (keeps_digits_as_expected())
    decimals_ = reinterpret_cast<PyTypeObject *>(decimal_.ptr());
  auto prepared = std::dynamic_pointer_cast<const dmn::PreparedDecision>(decision);
  row_ = std::make_unique<dmn::HeldRow>(prepared, quick_options(), dmn::Admission::Manner::standard);
  for (const dmn::ElementInfo *input : prepared->inputs()) {
    // Whoever is called by its name alone, and is a scalar.
    const dmn::ElementInfo *named = prepared->model().find_input(input->name, {});
    const auto slot = row_->find(input->name);
    if (named == nullptr || named->slot != input->slot || !slot || row_->element_of(*slot) != input->slot)
      continue;
    const feel::Kind plain = dmn::plain_kind(input->type);
    by_name_[py::str(input->name)] = inputs_.size();
    inputs_.push_back({*slot, input->slot, plain, plain == feel::Kind::text ? std::make_unique<Texts>() : nullptr});
  }
}

const feel::Value &QuickRow::Texts::of(std::string_view text) {
  // Codes differ in their first letters or in their last.
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  const std::size_t read = std::min(text.size(), sizeof head);
  std::memcpy(&head, text.data(), read);
  std::memcpy(&tail, text.data() + text.size() - read, read);
  const std::uint64_t mixed = (head + std::rotl(tail, 32) + text.size()) * 0x9E37'79B9'7F4A'7C15;
  auto &[last, before] = kept_[mixed >> 58];
  const auto is_it = [text](const feel::Value &value) { return value.is(feel::Kind::text) && value.text() == text; };
  if (is_it(last))
    return last;
  if (is_it(before))
    return before;
  before = std::exchange(last, feel::Value(text));
  return last;
}

template <class Plain> void QuickRow::put(Input &input, feel::Kind kind, Plain value) {
  if (input.plain == kind)
    row_->put(input.element, feel::Value(value));
  else
    row_->set(input.slot, feel::Value(value));
}

bool QuickRow::take(Input &input, PyObject *given) {
  const PyTypeObject *const type = Py_TYPE(given);
  if (type == &PyUnicode_Type) {
    Py_ssize_t size = 0;
    const char *data = PyUnicode_AsUTF8AndSize(given, &size);
    if (data == nullptr || size > longest_text) {
      PyErr_Clear();
      return false;
    }
    const std::string_view text(data, static_cast<std::size_t>(size));
    if (input.texts != nullptr && text.size() <= longest_kept)
      row_->put(input.element, input.texts->of(text));
    else
      row_->set_text(input.slot, text);
  } else if (type == &PyLong_Type) {
    int overflow = 0;
    const long long integer = PyLong_AsLongLongAndOverflow(given, &overflow);
    if (overflow != 0)
      return false;
    put(input, feel::Kind::number, static_cast<std::int64_t>(integer));
  } else if (type == decimals_) {
    const auto number = Digits::number_in(given);
    if (!number)
      return false;
    put(input, feel::Kind::number, *number);
  } else if (type == &PyBool_Type) {
    put(input, feel::Kind::boolean, given == Py_True);
  } else if (given == Py_None) {
    row_->unset(input.slot);
  } else if (type == PyDateTimeAPI->DateType) {
    put(input, feel::Kind::date,
        *feel::Date::from_civil(PyDateTime_GET_YEAR(given), PyDateTime_GET_MONTH(given), PyDateTime_GET_DAY(given)));
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
    PyObject *place = PyUnicode_CheckExact(key) ? PyDict_GetItemWithError(by_name_.ptr(), key) : nullptr;
    if (place == nullptr) {
      order_.clear();
      return false;
    }
    order_.push_back({py::reinterpret_borrow<py::object>(key), &inputs_[PyLong_AsSize_t(place)]});
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
    if (!take(*order_[at].input, given))
      return false;
  }
  return true;
}

bool QuickRow::read(PyObject *inputs) {
  if (heavy_)
    return false;
  try {
    return fill(inputs);
  } catch (const Error &) { // said at length
    return false;
  }
}

std::optional<dmn::Result> QuickRow::result() {
  auto result = row_->run();
  heavy_ = !result;
  return result;
}

} // namespace spie::python
