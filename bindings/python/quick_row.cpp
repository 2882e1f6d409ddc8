#include "bindings/python/quick_row.hpp"

#include "bindings/python/decimal_digits.hpp"
#include "bindings/python/plain_objects.hpp"

#include <datetime.h>

#include <string_view>
#include <utility>

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
    inputs_.push_back(
        {*slot, &row_->place(input->slot), plain, plain == feel::Kind::text ? std::make_unique<KeptTexts>() : nullptr});
  }
}

// Of a kind that shares nothing: mostly one of its kind stands there, of which nothing is to be let go.
template <class Plain> inline void QuickRow::place(Input &input, Plain value) {
  if (input.now->is(input.plain))
    std::construct_at(input.now, value);
  else
    *input.now = feel::Value(value);
}

template <class Plain> void QuickRow::put(Input &input, feel::Kind kind, Plain value) {
  if (input.plain == kind)
    place(input, value);
  else
    row_->set(input.slot, feel::Value(value));
}

// What most inputs are given, when their type takes it as it is; false: asked of take().
inline bool QuickRow::take_plainly(Input &input, PyObject *given) {
  const PyTypeObject *const type = Py_TYPE(given);
  switch (input.plain) {
  case feel::Kind::text:
    if (type == &PyUnicode_Type)
      if (const auto letters = ascii_letters(given); letters && letters->size() <= KeptTexts::longest) {
        input.texts->put(*letters, *input.now);
        return true;
      }
    return false;
  case feel::Kind::number:
    if (type == decimals_) {
      if (const auto number = Digits::number_in(given)) {
        place(input, *number);
        return true;
      }
    } else if (type == &PyLong_Type) {
      if (const auto integer = small_integer(given)) {
        place(input, *integer);
        return true;
      }
    }
    return false;
  case feel::Kind::boolean:
    if (type != &PyBool_Type)
      return false;
    place(input, given == Py_True);
    return true;
  default:
    return false;
  }
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
    if (input.texts != nullptr && text.size() <= KeptTexts::longest) {
      input.texts->put(text, *input.now);
      return true;
    }
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
  if (input.texts != nullptr)
    input.texts->forget();
  return true;
}

// Takes the keys of a row in their order, and empties the slots that it does not fill. False: it has another key.
bool QuickRow::learn(PyObject *inputs) {
  order_.clear();
  row_->clear();
  for (const Input &input : inputs_)
    if (input.texts != nullptr)
      input.texts->forget();
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
    Input &input = *order_[at].input;
    if (!take_plainly(input, given) && !take(input, given))
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
