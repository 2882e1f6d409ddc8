// The spie.feel types, for values that Python has no twin of, and the JSON of values.
#include "bindings/python/core.hpp"

#include "spie/json.hpp"

#include <pybind11/operators.h>
#include <pybind11/stl.h>

namespace spie::python {
namespace {

[[noreturn]] void refuse(const char *what, const std::string &text) {
  throw Error(Diagnostic{Code::feel_conversion, Level::error, "\"" + text + "\" is not " + what + ".", {}});
}

// Equality, order where it has one, hash, text: what every one of these classes has.
template <class T> void add_text(py::class_<T> &type, const char *name) {
  type.def("__str__", [](const T &self) { return self.to_string(); });
  type.def("__repr__",
           [name](const T &self) { return std::string("spie.feel.") + name + "('" + self.to_string() + "')"; });
  type.def("__hash__", [name](const T &self) { return py::hash(py::make_tuple(name, self.to_string())); });
}

template <class T> void add_equality(py::class_<T> &type) {
  type.def(
      "__eq__",
      [](const T &self, py::handle other) -> py::object {
        if (!py::isinstance<T>(other))
          return py::reinterpret_borrow<py::object>(Py_NotImplemented);
        return py::bool_(feel::identical(feel::Value(self), feel::Value(py::cast<T>(other))));
      },
      py::is_operator(), py::arg("other"), py::pos_only());
}

template <class T> void add_pickle(py::class_<T> &type) {
  type.def("__reduce__",
           [](py::object self) { return py::make_tuple(py::type::of(self), py::make_tuple(py::str(self))); });
}

template <class T> void add_parse(py::class_<T> &type, const char *what) {
  type.def(py::init([what](const std::string &text) {
             auto parsed = T::parse(text);
             if (!parsed)
               refuse(what, text);
             return *parsed;
           }),
           py::arg("text"), py::pos_only());
}

template <class T> void add_order(py::class_<T> &type) {
  type.def(py::self < py::self).def(py::self <= py::self).def(py::self > py::self).def(py::self >= py::self);
}

void register_temporal(py::module_ &module) {
  py::class_<feel::Date> date(module, "Date", "A date of a year that datetime.date does not hold.");
  add_parse(date, "a date");
  add_text(date, "Date");
  add_equality(date);
  add_order(date);
  add_pickle(date);
  date.def_property_readonly("year", [](const feel::Date &self) { return self.civil().year; });
  date.def_property_readonly("month", [](const feel::Date &self) { return self.civil().month; });
  date.def_property_readonly("day", [](const feel::Date &self) { return self.civil().day; });

  py::class_<feel::Time> time(module, "Time",
                              "A time finer than a microsecond, or of a zone that Python does not know.");
  add_parse(time, "a time");
  add_text(time, "Time");
  add_equality(time);
  add_pickle(time);
  time.def_property_readonly("hour", &feel::Time::hour);
  time.def_property_readonly("minute", &feel::Time::minute);
  time.def_property_readonly("second", &feel::Time::second);
  time.def_property_readonly("nanosecond", &feel::Time::nanosecond);

  py::class_<feel::DateTime> instant(module, "DateTime", "A date and time that datetime.datetime does not hold.");
  add_parse(instant, "a date and time");
  add_text(instant, "DateTime");
  add_equality(instant);
  add_pickle(instant);
  instant.def_property_readonly("date", [](const feel::DateTime &self) { return to_python(self.date); });
  instant.def_property_readonly("time", [](const feel::DateTime &self) { return to_python(feel::Value(self.time)); });

  py::class_<feel::DaysDuration> days(module, "DaysDuration",
                                      "A length of time that datetime.timedelta does not hold.");
  add_parse(days, "a days and time duration");
  add_text(days, "DaysDuration");
  add_equality(days);
  add_order(days);
  add_pickle(days);
  days.def_readonly("seconds", &feel::DaysDuration::seconds, "Whole seconds, rounded towards the past.");
  days.def_readonly("nanoseconds", &feel::DaysDuration::nanos, "What is left, 0 to 999,999,999.");

  py::class_<feel::MonthsDuration> months(module, "MonthsDuration", "A number of calendar months: P1Y2M.");
  add_parse(months, "a years and months duration");
  months.def(py::init([](std::int64_t count) { return feel::MonthsDuration{count}; }), py::arg("months"));
  add_text(months, "MonthsDuration");
  add_equality(months);
  add_order(months);
  add_pickle(months);
  months.def_readonly("months", &feel::MonthsDuration::months, "The whole length, in months.");
}

void register_range(py::module_ &module) {
  using End = feel::Range::End;
  py::class_<feel::Range> range(module, "Range",
                                "The values between two ends, each included or not; None: no end on that side.");
  range.def(py::init([](py::handle start, py::handle end, bool start_included, bool end_included) {
              feel::Range made;
              made.start = to_value(start);
              made.end = to_value(end);
              made.start_end = made.start.is_null() ? End::undefined : start_included ? End::closed : End::open;
              made.end_end = made.end.is_null() ? End::undefined : end_included ? End::closed : End::open;
              return made;
            }),
            py::arg("start"), py::arg("end"), py::kw_only(), py::arg("start_included") = true,
            py::arg("end_included") = true);
  range.def_property_readonly("start", [](const feel::Range &self) { return to_python(self.start); });
  range.def_property_readonly("end", [](const feel::Range &self) { return to_python(self.end); });
  range.def_property_readonly("start_included", [](const feel::Range &self) { return self.start_end == End::closed; });
  range.def_property_readonly("end_included", [](const feel::Range &self) { return self.end_end == End::closed; });
  range.def("__str__", [](const feel::Range &self) { return feel::Value(self).to_string(); });
  range.def("__repr__",
            [](const feel::Range &self) { return "<spie.feel.Range " + feel::Value(self).to_string() + ">"; });
  range.def("__hash__", [](const feel::Range &self) {
    return py::hash(py::make_tuple(to_python(self.start), to_python(self.end)));
  });
  add_equality(range);
  // What is included is given by name alone.
  range.def("__reduce__", [](const py::object &self) {
    const auto &held = py::cast<const feel::Range &>(self);
    py::dict named;
    named["start_included"] = held.start_end == End::closed;
    named["end_included"] = held.end_end == End::closed;
    const py::object made = py::module_::import("functools").attr("partial")(py::type::of(self), **named);
    return py::make_tuple(made, py::make_tuple(to_python(held.start), to_python(held.end)));
  });

  py::class_<HeldFunction> function(module, "Function", "A FEEL function, to be given back to FEEL.");
  function.def("__str__", [](const HeldFunction &self) { return feel::Value(self.function).to_string(); });
  function.def("__repr__", [](const HeldFunction &self) {
    return "<spie.feel.Function " + feel::Value(self.function).to_string() + ">";
  });
  function.def("__reduce__", [](const HeldFunction & /*self*/) -> py::object {
    throw py::type_error("A FEEL function cannot be pickled: it lives in the model that made it. Pickle the model, or "
                         "the text of the expression.");
  });
}

} // namespace

void register_values(py::module_ &module) {
  register_temporal(module);
  register_range(module);
  module.def(
      "read_json",
      [](const std::string &text, const std::string &name) {
        feel::Value value;
        {
          const py::gil_scoped_release release;
          value = read_json(text, name);
        }
        return to_python(value);
      },
      py::arg("text"), py::arg("name") = "",
      "JSON, with the tags @date, @time, @datetime, @duration, @range, as Python objects.");
  module.def(
      "write_json", [](py::handle value, int indent) { return write_json(to_value(value), indent); }, py::arg("value"),
      py::arg("indent") = 0, "The JSON of a value, on one line or indented.");
  module.def(
      "to_feel", [](py::handle value) { return to_value(value).to_feel(); }, py::arg("value"), py::pos_only(),
      "A FEEL literal or call that gives the value.");
  module.def(
      "to_text", [](py::handle value) { return to_value(value).to_string(); }, py::arg("value"), py::pos_only(),
      "The text that string() gives in FEEL.");
  module.def(
      "round_trip", [](py::handle value) { return to_python(to_value(value)); }, py::arg("value"), py::pos_only(),
      "The value as it comes back from the engine.");
}

} // namespace spie::python
