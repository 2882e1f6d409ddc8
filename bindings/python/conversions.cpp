// Python objects ↔ FEEL values, without JSON in between.
#include "bindings/python/decimal_digits.hpp"
#include "bindings/python/kept_texts.hpp"
#include "bindings/python/plain_objects.hpp"
#include "bindings/python/python_facts.hpp"
#include "bindings/python/records.hpp"

#include "rules/feel/number_bits.hpp"
#include "spie/feel/function.hpp"

#include <datetime.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <utility>

namespace spie::python {
namespace {

// Imported once, kept for the life of the interpreter.
struct Imports {
  py::object decimal;
  py::object zone_info;
};

const Imports &imports() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<Imports> storage;
  return storage
      .call_once_and_store_result([] {
        return Imports{py::module_::import("decimal").attr("Decimal"),
                       py::module_::import("zoneinfo").attr("ZoneInfo")};
      })
      .get_stored();
}

// Called by whatever enters this file first, with the GIL held.
void need_datetime() {
  if (PyDateTimeAPI != nullptr)
    return;
  PyDateTime_IMPORT;
  if (PyDateTimeAPI == nullptr)
    throw py::error_already_set();
}

// Where in the object we are; written out only when something is wrong.
struct Step {
  const Step *up = nullptr;
  std::string key;
  Py_ssize_t index = -1;
};

std::string pointer(const Step *step) {
  if (step == nullptr)
    return {};
  std::string text = pointer(step->up) + "/";
  if (step->index >= 0)
    return text + std::to_string(step->index);
  for (const char c : step->key) {
    if (c == '~')
      text += "~0";
    else if (c == '/')
      text += "~1";
    else
      text += c;
  }
  return text;
}

[[noreturn]] void refuse(const Step *step, std::string message, Code code = Code::json_value) {
  throw Error(Diagnostic{code, Level::error, std::move(message), pointer(step)});
}

std::string type_name(py::handle object) { return Py_TYPE(object.ptr())->tp_name; }

std::string to_utf8(py::handle object, const Step *step) {
  Py_ssize_t size = 0;
  const char *data = PyUnicode_AsUTF8AndSize(object.ptr(), &size);
  if (data == nullptr) {
    PyErr_Clear();
    refuse(step, "A text holds a lone surrogate: it is not Unicode.");
  }
  return std::string(data, static_cast<std::size_t>(size));
}

feel::Value number_from_text(py::handle object, const Step *step) {
  PyObject *text = PyObject_Str(object.ptr());
  if (text == nullptr) { // an int beyond the digits that Python prints
    PyErr_Clear();
    refuse(step, "A number is too large: FEEL numbers have 34 digits and stay below 1E+6145.");
  }
  const std::string digits = to_utf8(py::reinterpret_steal<py::object>(text), step);
  if (const auto number = feel::Number::parse(digits))
    return *number;
  const bool finite = digits.find_first_of("NIni") == std::string::npos;
  refuse(step, finite ? "A number is too large: FEEL numbers have 34 digits and stay below 1E+6145."
                      : "FEEL has no number " + digits + ".");
}

std::int64_t microseconds_of(py::handle delta) { return PyDateTime_DELTA_GET_MICROSECONDS(delta.ptr()); }

// The offset that a zone gives to `owner` (a datetime or time), or nothing when it has none.
std::optional<std::int32_t> offset_of(py::handle owner, const Step *step) {
  const py::object delta = owner.attr("utcoffset")();
  if (delta.is_none())
    return std::nullopt;
  const std::int64_t seconds =
      static_cast<std::int64_t>(PyDateTime_DELTA_GET_DAYS(delta.ptr())) * feel::seconds_per_day +
      PyDateTime_DELTA_GET_SECONDS(delta.ptr());
  if (microseconds_of(delta) != 0 || std::llabs(seconds) > 14 * 3600)
    refuse(step, "A zone offset is not a whole number of seconds of at most 14 hours.");
  return static_cast<std::int32_t>(seconds);
}

feel::Zone fixed_zone(py::handle owner, py::handle zone, const Step *step) {
  const auto offset = offset_of(owner, step);
  if (!offset)
    refuse(step, "The zone " + py::cast<std::string>(py::repr(zone)) +
                     " has no offset here: give a date and time, a "
                     "ZoneInfo or a fixed offset.");
  return feel::Zone::offset(*offset);
}

feel::Zone to_zone(py::handle owner, py::handle zone, const Step *step) {
  if (zone.is_none())
    return {};
  if (py::isinstance(zone, imports().zone_info)) {
    const py::object key = zone.attr("key");
    if (!key.is_none())
      if (auto named = feel::Zone::named(to_utf8(key, step)))
        return *named;
  }
  return fixed_zone(owner, zone, step);
}

std::int64_t nanos_of_day(std::int64_t hour, std::int64_t minute, std::int64_t second, std::int64_t micro) {
  return ((hour * 60 + minute) * 60 + second) * feel::nanos_per_second + micro * 1000;
}

feel::Date date_of(py::handle object) {
  return *feel::Date::from_civil(PyDateTime_GET_YEAR(object.ptr()), PyDateTime_GET_MONTH(object.ptr()),
                                 PyDateTime_GET_DAY(object.ptr()));
}

// What a subclass adds beyond the microsecond (pandas' Timestamp and Timedelta): 0 to 999.
std::int64_t nanoseconds_of(py::handle object, const char *attribute) {
  const py::object count = py::getattr(object, attribute, py::none());
  return PyLong_Check(count.ptr()) ? py::cast<std::int64_t>(count) : 0;
}

feel::DateTime date_time_of(py::handle object, const Step *step) {
  PyObject *raw = object.ptr();
  feel::DateTime result;
  result.date = date_of(object);
  result.time.nanos = nanos_of_day(PyDateTime_DATE_GET_HOUR(raw), PyDateTime_DATE_GET_MINUTE(raw),
                                   PyDateTime_DATE_GET_SECOND(raw), PyDateTime_DATE_GET_MICROSECOND(raw));
  if (!PyDateTime_CheckExact(raw))
    result.time.nanos += nanoseconds_of(object, "nanosecond");
  const py::object zone = object.attr("tzinfo");
  result.time.zone = to_zone(object, zone, step);
  // The second showing of a repeated hour: FEEL's named zones mean the first one, so the offset must be written out.
  if (PyDateTime_DATE_GET_FOLD(raw) != 0 && result.time.zone.is_named()) {
    const auto offset = offset_of(object, step);
    if (offset && offset != result.time.zone.offset_at(result.date, result.time.nanos))
      result.time.zone = feel::Zone::offset(*offset);
  }
  return result;
}

feel::Time time_of(py::handle object, const Step *step) {
  PyObject *raw = object.ptr();
  feel::Time result;
  result.nanos = nanos_of_day(PyDateTime_TIME_GET_HOUR(raw), PyDateTime_TIME_GET_MINUTE(raw),
                              PyDateTime_TIME_GET_SECOND(raw), PyDateTime_TIME_GET_MICROSECOND(raw));
  const py::object zone = object.attr("tzinfo");
  result.zone = to_zone(object, zone, step);
  return result;
}

// The last part of the name of its type, whatever module it comes from.
std::string_view short_name(py::handle object) {
  const std::string_view name = Py_TYPE(object.ptr())->tp_name;
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

// The marks of what is missing: pandas' NaT is a datetime to Python, its NA and NumPy's masked are nothing else.
bool is_missing(py::handle object) {
  const std::string_view name = short_name(object);
  return name == "NaTType" || name == "NAType" || name == "MaskedConstant";
}

bool is_table(py::handle object) {
  const std::string_view name = short_name(object);
  return name == "Series" || name == "DataFrame" || name == "LazyFrame" || name == "Table" || name == "RecordBatch" ||
         name == "ChunkedArray";
}

class Reader {
public:
  explicit Reader(Counts &counts) : counts_(counts) {}

  feel::Value read(py::handle object, const Step *step, int depth) {
    if (++counts_.items > max_items)
      refuse(step, "More than 10,000,000 values are given at once.", Code::json_limit);
    feel::Value value = converted(object, step, depth);
    // A list or dict counts its parts, each where it stands.
    if (!value.is(feel::Kind::list) && !value.is(feel::Kind::context) &&
        (counts_.bytes += value.unfolded()) > max_bytes)
      refuse(step, "The values given at once take more than 1 GiB.", Code::json_limit);
    return value;
  }

private:
  feel::Value converted(py::handle object, const Step *step, int depth) {
    PyObject *raw = object.ptr();
    if (raw == Py_None)
      return {};
    if (PyBool_Check(raw))
      return raw == Py_True;
    if (PyLong_Check(raw))
      return read_integer(object, step);
    if (PyUnicode_Check(raw))
      return read_text(object, step);
    if (py::type::handle_of(object).is(imports().decimal)) // most, told without asking what it is an instance of
      return read_decimal(object, step);
    if (PyFloat_Check(raw)) {
      const double number_given = PyFloat_AS_DOUBLE(raw);
      if (std::isnan(number_given)) // what pandas writes where there is no value
        return {};
      if (const auto number = feel::Number::from_double(number_given))
        return *number;
      refuse(step, "FEEL has no number " + py::cast<std::string>(py::repr(object)) + ".");
    }
    if (PyDict_Check(raw))
      return read_dict(object, step, depth);
    if (PyList_Check(raw) || PyTuple_Check(raw))
      return read_list(object, step, depth);
    if (PyDateTime_Check(raw)) {
      if (!PyDateTime_CheckExact(raw) && is_missing(object))
        return {};
      return date_time_of(object, step);
    }
    if (PyDate_Check(raw))
      return date_of(object);
    if (PyTime_Check(raw))
      return time_of(object, step);
    if (PyDelta_Check(raw))
      return feel::DaysDuration{
          static_cast<std::int64_t>(PyDateTime_DELTA_GET_DAYS(raw)) * feel::seconds_per_day +
              PyDateTime_DELTA_GET_SECONDS(raw),
          static_cast<std::int32_t>(microseconds_of(object) * 1000 +
                                    (PyDelta_CheckExact(raw) ? 0 : nanoseconds_of(object, "nanoseconds")))};
    if (py::isinstance(object, imports().decimal))
      return read_decimal(object, step);
    return read_other(object, step, depth);
  }

  // Facts are mostly codes, which come again.
  static feel::Value read_text(py::handle object, const Step *step) {
    constexpr std::size_t longest_code = 32;
    static KeptTexts codes; // under the GIL
    if (const auto letters = ascii_letters(object.ptr()); letters && letters->size() <= longest_code)
      return codes.of(*letters);
    return to_utf8(object, step);
  }

  // Few are not numbers, so that is asked last.
  static feel::Value read_decimal(py::handle object, const Step *step) {
    if (py::type::handle_of(object).is(imports().decimal))
      if (const auto number = digits_of(object.ptr()))
        return *number;
    const py::object text = py::reinterpret_steal<py::object>(PyObject_Str(object.ptr()));
    if (!text)
      PyErr_Clear();
    else if (const auto number = feel::Number::parse(to_utf8(text, step)))
      return *number;
    if (py::cast<bool>(object.attr("is_nan")()))
      return {};
    return number_from_text(object, step);
  }

  static feel::Value read_integer(py::handle object, const Step *step) {
    int overflow = 0;
    const long long integer = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
    if (overflow == 0)
      return static_cast<std::int64_t>(integer);
    // str() of a subclass (an IntEnum) need not be digits.
    const py::object plain = py::reinterpret_steal<py::object>(PyNumber_Index(object.ptr()));
    return number_from_text(plain, step);
  }

  feel::Value read_dict(py::handle object, const Step *step, int depth) {
    if (depth >= max_nesting)
      refuse(step, "Values are nested more than 256 levels deep.", Code::json_limit);
    std::vector<feel::Context::Entry> entries;
    entries.reserve(static_cast<std::size_t>(PyDict_GET_SIZE(object.ptr())));
    PyObject *key = nullptr;
    PyObject *item = nullptr;
    Py_ssize_t position = 0;
    while (PyDict_Next(object.ptr(), &position, &key, &item) != 0) {
      if (PyUnicode_Check(key) == 0)
        refuse(step, "A key of a dict is not a text but " + type_name(key) + ".");
      const Step here{step, to_utf8(key, step)};
      const auto held = py::reinterpret_borrow<py::object>(item); // reading it may run a caller's code
      feel::Value read_item = read(held, &here, depth + 1);
      entries.emplace_back(here.key, std::move(read_item));
    }
    return feel::Context::of_distinct(std::move(entries)); // the keys of a dict differ
  }

  feel::Value read_list(py::handle object, const Step *step, int depth) {
    if (depth >= max_nesting)
      refuse(step, "Values are nested more than 256 levels deep.", Code::json_limit);
    feel::List list;
    list.reserve(static_cast<std::size_t>(PySequence_Fast_GET_SIZE(object.ptr())));
    Step here{step, {}, 0};
    // The size is read anew each time: reading a zone may run Python code.
    for (; here.index < PySequence_Fast_GET_SIZE(object.ptr()); ++here.index) {
      const auto held = py::reinterpret_borrow<py::object>(PySequence_Fast_GET_ITEM(object.ptr(), here.index));
      list.push_back(read(held, &here, depth + 1));
    }
    return list;
  }

  feel::Value read_other(py::handle object, const Step *step, int depth) {
    if (py::isinstance<feel::Date>(object))
      return py::cast<feel::Date>(object);
    if (py::isinstance<feel::Time>(object))
      return py::cast<feel::Time>(object);
    if (py::isinstance<feel::DateTime>(object))
      return py::cast<feel::DateTime>(object);
    if (py::isinstance<feel::DaysDuration>(object))
      return py::cast<feel::DaysDuration>(object);
    if (py::isinstance<feel::MonthsDuration>(object))
      return py::cast<feel::MonthsDuration>(object);
    if (py::isinstance<feel::Range>(object))
      return py::cast<feel::Range>(object);
    if (py::isinstance<HeldFunction>(object))
      return py::cast<HeldFunction &>(object).function;
    if (is_missing(object))
      return {};
    if (is_table(object))
      return read_table(object, step, depth);
    if (auto scalar = read_numpy_scalar(object, step))
      return std::move(*scalar);
    if (const py::object of_arrow = py::getattr(object, "as_py", py::none()); !of_arrow.is_none()) {
      if (depth >= max_nesting)
        refuse(step, "Values are nested more than 256 levels deep.", Code::json_limit);
      return converted(of_arrow(), step, depth + 1);
    }
    if (PyIndex_Check(object.ptr()) != 0) {
      const py::object plain = py::reinterpret_steal<py::object>(PyNumber_Index(object.ptr()));
      if (plain)
        return read_integer(plain, step);
      PyErr_Clear();
    }
    if (py::isinstance<py::sequence>(object) && PyBytes_Check(object.ptr()) == 0 &&
        PyByteArray_Check(object.ptr()) == 0) {
      const py::object list = py::reinterpret_steal<py::object>(PySequence_List(object.ptr()));
      if (list)
        return read_list(list, step, depth);
      PyErr_Clear();
    }
    refuse(step, "A value of type " + type_name(object) + " stands for no FEEL value.");
  }

  // A column is the list of its values, a table the list of its rows: as its own library gives them.
  feel::Value read_table(py::handle object, const Step *step, int depth) {
    const std::string name(short_name(object));
    const auto call = [&](const char *method, auto... arguments) -> std::optional<feel::Value> {
      const py::object give = py::getattr(object, method, py::none());
      if (give.is_none())
        return std::nullopt;
      const py::object given = give(arguments...);
      if (PyList_Check(given.ptr()) == 0)
        return std::nullopt;
      return read_list(given, step, depth);
    };
    std::optional<feel::Value> read;
    if (name == "Series") // of Polars, of pandas
      (void)((read = call("to_list")) || (read = call("tolist")));
    else if (name == "DataFrame")
      (void)((read = call("to_dicts")) || (read = call("to_dict", "records")));
    else
      read = call("to_pylist");
    if (read)
      return *std::move(read);
    refuse(step, "A " + name +
                     " is given where one value is expected: give its values, such as row.to_dict() or "
                     "column.tolist(), one row at a time.");
  }

  // NumPy's scalars, known by their dtype: each says itself as a text, without the digits that a wider float would add.
  static std::optional<feel::Value> read_numpy_scalar(py::handle object, const Step *step) {
    const py::object dtype = py::getattr(object, "dtype", py::none());
    const py::object shape = py::getattr(object, "shape", py::none());
    if (dtype.is_none() || !PyTuple_Check(shape.ptr()) || PyTuple_GET_SIZE(shape.ptr()) != 0)
      return std::nullopt;
    const auto kind = py::cast<std::string>(py::str(py::getattr(dtype, "kind", py::str(""))));
    const std::string text = to_utf8(py::str(object), step);
    if (text == "nan" || text == "NaT")
      return feel::Value();
    if (kind == "b")
      return feel::Value(text == "True");
    if (kind == "i" || kind == "u" || kind == "f") {
      if (const auto number = feel::Number::parse(text))
        return feel::Value(*number);
    } else if (kind == "M") {
      if (const auto date = feel::Date::parse(text))
        return feel::Value(*date);
      if (const auto instant = feel::DateTime::parse(text))
        return feel::Value(*instant);
    } else if (kind == "m") {
      // Whole nanoseconds, whatever the unit; months and years have none.
      const py::object nanos = object.attr("astype")("timedelta64[ns]").attr("astype")("int64");
      const auto count = py::cast<std::int64_t>(py::int_(nanos));
      const std::int64_t seconds = count / feel::nanos_per_second - (count % feel::nanos_per_second < 0 ? 1 : 0);
      return feel::Value(
          feel::DaysDuration{seconds, static_cast<std::int32_t>(count - seconds * feel::nanos_per_second)});
    }
    refuse(step, "FEEL has no value for " + py::cast<std::string>(py::repr(object)) + ".");
  }

  Counts &counts_;
};

// Null when Python has no twin of the zone (an offset it cannot hold, a name it does not know).
py::object zone_to_python(const feel::Zone &zone) {
  if (zone.is_local())
    return py::none();
  if (zone.is_named()) {
    try {
      return imports().zone_info(py::str(zone.id()));
    } catch (py::error_already_set &error) {
      if (!error.matches(PyExc_Exception))
        throw;
      return {};
    }
  }
  if (zone.offset_seconds() == 0)
    return py::reinterpret_borrow<py::object>(PyDateTime_TimeZone_UTC);
  const py::object delta = py::reinterpret_steal<py::object>(PyDelta_FromDSU(0, zone.offset_seconds(), 0));
  return py::reinterpret_steal<py::object>(PyTimeZone_FromOffset(delta.ptr()));
}

bool has_year_of_python(feel::Date date) {
  static const std::int64_t first = feel::Date::from_civil(1, 1, 1)->days;
  static const std::int64_t last = feel::Date::from_civil(9999, 12, 31)->days;
  return date.days >= first && date.days <= last;
}

py::object steal(PyObject *object) {
  if (object == nullptr)
    throw py::error_already_set();
  return py::reinterpret_steal<py::object>(object);
}

py::object time_to_python(const feel::Time &time) {
  const py::object zone = zone_to_python(time.zone);
  if (!zone || time.nanosecond() % 1000 != 0)
    return py::cast(time);
  return steal(PyDateTimeAPI->Time_FromTime(time.hour(), time.minute(), time.second(), time.nanosecond() / 1000,
                                            zone.ptr(), PyDateTimeAPI->TimeType));
}

py::object date_time_to_python(const feel::DateTime &instant) {
  const py::object zone = zone_to_python(instant.time.zone);
  if (!zone || instant.time.nanosecond() % 1000 != 0 || !has_year_of_python(instant.date))
    return py::cast(instant);
  const feel::CivilDate civil = instant.date.civil();
  const feel::Time &time = instant.time;
  return steal(PyDateTimeAPI->DateTime_FromDateAndTime(
      static_cast<int>(civil.year), civil.month, civil.day, time.hour(), time.minute(), time.second(),
      time.nanosecond() / 1000, zone.ptr(), PyDateTimeAPI->DateTimeType));
}

py::object duration_to_python(feel::DaysDuration duration) {
  std::int64_t days = duration.seconds / feel::seconds_per_day;
  std::int64_t seconds = duration.seconds % feel::seconds_per_day;
  if (seconds < 0) {
    seconds += feel::seconds_per_day;
    --days;
  }
  if (duration.nanos % 1000 != 0 || days < -999'999'999 || days > 999'999'999)
    return py::cast(duration);
  return steal(PyDelta_FromDSU(static_cast<int>(days), static_cast<int>(seconds), duration.nanos / 1000));
}

// Rules give few texts and numbers, again and again: the last made of each is given anew.
constexpr std::size_t kept = 256;

py::object text_of(const std::string &text) {
  constexpr std::size_t short_enough = 64;
  if (text.size() > short_enough)
    return py::str(text);
  struct Made {
    std::string text;
    py::object object;
  };
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::array<Made, kept>> storage; // under the GIL
  auto &made = storage.call_once_and_store_result([] { return std::array<Made, kept>(); }).get_stored();
  Made &last = made[std::hash<std::string_view>()(text) % kept];
  if (!last.object || last.text != text) {
    py::object object = py::str(text);
    last = {text, std::move(object)};
  }
  return last.object;
}

py::object decimal_of(const feel::Number &number) {
  if (!feel::NumberBits::is_inline(number))
    return to_decimal(number.to_string());
  struct Made {
    std::int64_t coefficient = 0;
    int exponent = 0;
    py::object object;
  };
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::array<Made, kept>> storage; // under the GIL
  auto &made = storage.call_once_and_store_result([] { return std::array<Made, kept>(); }).get_stored();
  const std::int64_t coefficient = feel::NumberBits::coefficient(number);
  const int exponent = feel::NumberBits::exponent(number);
  Made &last = made[static_cast<std::uint64_t>(coefficient) * 31 % kept];
  if (!last.object || last.coefficient != coefficient || last.exponent != exponent) {
    py::object object = to_decimal(number.to_string());
    last = {coefficient, exponent, std::move(object)};
  }
  return last.object;
}

// What rules give that they hold ready, again and again: told by where it stands, which a copy of the value keeps from
// standing anywhere else.
class Ready {
public:
  Ready() = default;
  Ready(const feel::Value &value, const void *place, py::object object)
      : value_(value), place_(place), is_dict_(PyDict_CheckExact(object.ptr()) != 0), object_(std::move(object)) {}
  bool stands_at(const void *place) const noexcept { return place_ == place; }
  // A dict of one's own, for whoever asks may write in it: one of the last again, once nobody has it and it is as it
  // was made.
  py::object handed_out() {
    if (!is_dict_)
      return object_;
    Given &given = given_[next_];
    next_ = (next_ + 1) % given_.size();
    if (!given.dict || Py_REFCNT(given.dict.ptr()) != 1 || !is_as_made(given)) {
      given.dict = steal(PyDict_Copy(object_.ptr()));
      given.mark = mark_of(given.dict.ptr());
    }
    return given.dict;
  }

private:
  struct Given {
    py::object dict;
    std::uint64_t mark = 0;
  };
  bool is_as_made(const Given &given) const noexcept {
    if constexpr (dicts_are_marked)
      return mark_of(given.dict.ptr()) == given.mark;
    if (PyDict_GET_SIZE(given.dict.ptr()) != PyDict_GET_SIZE(object_.ptr()))
      return false;
    PyObject *key = nullptr, *item = nullptr, *other_key = nullptr, *other = nullptr;
    Py_ssize_t at = 0, other_at = 0;
    while (PyDict_Next(object_.ptr(), &at, &key, &item) != 0)
      if (PyDict_Next(given.dict.ptr(), &other_at, &other_key, &other) == 0 || key != other_key || item != other)
        return false;
    return true;
  }

  feel::Value value_;
  const void *place_ = nullptr; // of what the value shares
  bool is_dict_ = false;
  py::object object_;           // of a dict, what the others are copies of
  std::array<Given, 16> given_; // in turn: rows are often answered many at a time
  std::size_t next_ = 0;
};

const void *place_of(const feel::Value &value) {
  if (value.is(feel::Kind::text))
    return &value.text();
  return value.is(feel::Kind::context) ? &value.context() : nullptr;
}

// A text, or a context of few scalars: what is worth its place, and can be given to several as it is.
bool is_kept(const feel::Value &value) {
  constexpr std::size_t short_enough = 64, few = 16;
  switch (value.kind()) {
  case feel::Kind::null:
  case feel::Kind::boolean:
  case feel::Kind::number:
  case feel::Kind::date:
    return true;
  case feel::Kind::text:
    return value.text().size() <= short_enough;
  case feel::Kind::context: {
    const auto &entries = value.context().entries();
    return entries.size() <= few && std::all_of(entries.begin(), entries.end(), [](const auto &entry) {
             return !entry.second.is(feel::Kind::context) && entry.first.size() <= short_enough &&
                    is_kept(entry.second);
           });
  }
  default:
    return false;
  }
}

py::object write(const feel::Value &value, int depth);

// Null for what is not held by rules.
py::object ready(const feel::Value &value) {
  const void *place = place_of(value);
  if (place == nullptr)
    return {};
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::array<Ready, kept>> storage; // under the GIL
  auto &all = storage.call_once_and_store_result([] { return std::array<Ready, kept>(); }).get_stored();
  const std::size_t at = (reinterpret_cast<std::uintptr_t>(place) >> 4) % kept;
  Ready &last = all[at], &before = all[at ^ 1]; // two that fall on one place do not drive each other out
  for (Ready *one : {&last, &before})
    if (one->stands_at(place))
      return one->handed_out();
  if (value.unique() || !is_kept(value))
    return {};
  py::object object = write(value, 0);
  before = std::exchange(last, Ready(value, place, std::move(object)));
  return last.handed_out();
}

py::object write(const feel::Value &value, int depth) {
  switch (value.kind()) {
  case feel::Kind::null:
    return py::none();
  case feel::Kind::boolean:
    return py::bool_(value.boolean());
  case feel::Kind::number:
    return decimal_of(value.number());
  case feel::Kind::text:
    return text_of(value.text());
  case feel::Kind::date:
    return to_python(value.date());
  case feel::Kind::time:
    return time_to_python(value.time());
  case feel::Kind::date_time:
    return date_time_to_python(value.date_time());
  case feel::Kind::days_duration:
    return duration_to_python(value.days_duration());
  case feel::Kind::months_duration:
    return py::cast(value.months_duration());
  case feel::Kind::range:
    return py::cast(value.range());
  case feel::Kind::function:
    return py::cast(HeldFunction{value.function()});
  case feel::Kind::list: {
    if (depth >= max_nesting)
      refuse(nullptr, "A value is nested more than 256 levels deep.", Code::json_limit);
    const feel::List &items = value.list();
    py::list list(items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
      PyList_SET_ITEM(list.ptr(), static_cast<Py_ssize_t>(i), write(items[i], depth + 1).release().ptr());
    return list;
  }
  case feel::Kind::context: {
    if (depth >= max_nesting)
      refuse(nullptr, "A value is nested more than 256 levels deep.", Code::json_limit);
    py::dict dict;
    for (const auto &[key, item] : value.context())
      if (PyDict_SetItem(dict.ptr(), text_of(key).ptr(), write(item, depth + 1).ptr()) != 0)
        throw py::error_already_set();
    return dict;
  }
  }
  return py::none();
}

} // namespace

feel::Value to_value(py::handle object) {
  need_datetime();
  Counts counts;
  return Reader(counts).read(object, nullptr, 0);
}

PythonFacts::PythonFacts() {
  constexpr std::size_t usual = 64; // parts
  held_.reserve(usual);
  need_datetime();
}

dmn::FactSource::Shape PythonFacts::shape(Node node) {
  PyObject *raw = object_of(node);
  if (PyDict_Check(raw) != 0)
    return Shape::context;
  return PyList_Check(raw) != 0 || PyTuple_Check(raw) != 0 ? Shape::list : Shape::whole;
}

feel::Value PythonFacts::value(Node node, int depth) { return Reader(counts_).read(object_of(node), nullptr, depth); }

std::size_t PythonFacts::size(Node list) { return static_cast<std::size_t>(PySequence_Fast_GET_SIZE(object_of(list))); }

dmn::FactSource::Node PythonFacts::item(Node list, std::size_t index) {
  count(1);
  PyObject *const part = PySequence_Fast_GET_ITEM(object_of(list), static_cast<Py_ssize_t>(index));
  hold(part);
  return part;
}

void PythonFacts::entries(Node context, std::vector<Entry> &into) {
  PyObject *raw = object_of(context);
  into.clear();
  into.reserve(static_cast<std::size_t>(PyDict_GET_SIZE(raw)));
  count(static_cast<std::size_t>(PyDict_GET_SIZE(raw)));
  PyObject *key = nullptr;
  PyObject *item = nullptr;
  Py_ssize_t position = 0;
  while (PyDict_Next(raw, &position, &key, &item) != 0) {
    Py_ssize_t size = 0;
    const char *name = PyUnicode_Check(key) == 0 ? nullptr : PyUnicode_AsUTF8AndSize(key, &size);
    if (name == nullptr) {
      PyErr_Clear();
      refuse(nullptr, "A key of a dict is not a text.");
    }
    hold(key);
    hold(item);
    into.push_back({{name, static_cast<std::size_t>(size)}, item});
  }
}

void PythonFacts::count(std::size_t items) {
  if ((counts_.items += items) > max_items)
    refuse(nullptr, "More than 10,000,000 values are given at once.", Code::json_limit);
}

py::object to_python(const feel::Value &value) {
  need_datetime();
  if (py::object made = ready(value))
    return made;
  if (value.unfolded() > max_unfolded)
    refuse(nullptr, "The value takes more than 256 MiB once what it shares is written out.", Code::json_limit);
  return write(value, 0);
}

// Few numbers come out of a table, again and again: the last that was made of some digits is given anew.
py::object to_decimal(const std::string &digits) {
  struct Made {
    std::string digits;
    py::object decimal;
  };
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::array<Made, 64>> storage; // under the GIL
  auto &made = storage.call_once_and_store_result([] { return std::array<Made, 64>(); }).get_stored();
  Made &last = made[std::hash<std::string_view>()(digits) % made.size()];
  if (!last.decimal || last.digits != digits) {
    py::object decimal = imports().decimal(py::str(digits));
    last = {digits, std::move(decimal)};
  }
  return last.decimal;
}

feel::Number to_number(py::handle object) {
  const feel::Value value = to_value(object);
  if (!value.is(feel::Kind::number))
    throw Error(
        Diagnostic{Code::api_argument, Level::error, "A number is expected, not " + type_name(object) + ".", "record"});
  return value.number();
}

feel::Date to_date(py::handle object, const char *argument) {
  need_datetime();
  if (PyDate_Check(object.ptr()) && !PyDateTime_Check(object.ptr()))
    return date_of(object);
  if (py::isinstance<feel::Date>(object))
    return py::cast<feel::Date>(object);
  std::string remedy = ".";
  if (!PyUnicode_Check(object.ptr()) && !is_table(object)) {
    try { // a midnight, a numpy.datetime64
      const feel::Value value = to_value(object);
      if (value.is(feel::Kind::date))
        return value.date();
      if (value.is(feel::Kind::date_time) && value.date_time().is_bare_date())
        return value.date_time().date;
      if (value.is(feel::Kind::date_time))
        remedy = ": give its date alone, .date().";
    } catch (const Error &) { // said below
    }
  }
  throw Error(
      Diagnostic{Code::api_argument, Level::error, "A date is expected, not " + type_name(object) + remedy, argument});
}

py::object to_python(feel::Date date) {
  need_datetime();
  if (!has_year_of_python(date))
    return py::cast(date);
  const feel::CivilDate civil = date.civil();
  return steal(
      PyDateTimeAPI->Date_FromDate(static_cast<int>(civil.year), civil.month, civil.day, PyDateTimeAPI->DateType));
}

py::object optional_date(const std::optional<feel::Date> &date) { return date ? to_python(*date) : py::none(); }

feel::DateTime system_clock() {
  std::timespec now{};
  std::timespec_get(&now, TIME_UTC);
  std::tm local{};
  localtime_r(&now.tv_sec, &local);
  const std::int64_t seconds = static_cast<std::int64_t>(now.tv_sec) + local.tm_gmtoff;
  const std::int64_t of_day = (seconds % feel::seconds_per_day + feel::seconds_per_day) % feel::seconds_per_day;
  feel::DateTime instant;
  instant.date.days = (seconds - of_day) / feel::seconds_per_day;
  instant.time.nanos = of_day * feel::nanos_per_second + now.tv_nsec / 1000 * 1000; // as fine as datetime
  instant.time.zone = feel::Zone::offset(static_cast<std::int32_t>(local.tm_gmtoff));
  return instant;
}

feel::DateTime to_instant(py::handle object) {
  need_datetime();
  if (object.is_none())
    return system_clock();
  if (PyDateTime_Check(object.ptr()))
    return date_time_of(object, nullptr);
  if (py::isinstance<feel::DateTime>(object))
    return py::cast<feel::DateTime>(object);
  throw Error(
      Diagnostic{Code::api_argument, Level::error, "A datetime is expected, not " + type_name(object) + ".", "now"});
}

} // namespace spie::python
