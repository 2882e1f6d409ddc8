// Records of C++ ↔ records of Python, by their tables: straight, dates as datetime.date and amounts as Decimal.
#pragma once

#include "bindings/python/core.hpp"

#include "rules/record/record.hpp"

#include <pybind11/gil_safe_call_once.h>

#include <string>
#include <tuple>
#include <utility>

namespace spie::python {

// Decimal("1234.50").
py::object to_decimal(const std::string &digits);
feel::Number to_number(py::handle object);
Diagnostic to_diagnostic(py::handle object);

// --- Given to Python -------------------------------------------------------------------------------------------------

template <class Record> py::object give_record(const Record &record);

inline py::object give(bool value, unsigned) { return py::bool_(value); }
inline py::object give(std::string_view value, unsigned) { return py::str(value.data(), value.size()); }
inline py::object give(const std::string &value, unsigned) { return py::str(value); }
inline py::object give(Code value, unsigned form) { return give(text(value), form); }
inline py::object give(feel::Date value, unsigned) { return to_python(value); }
inline py::object give(const feel::Value &value, unsigned) { return to_python(value); }
inline py::object give(const Diagnostic &value, unsigned) { return to_python(value); }
inline py::object give(const feel::Number &value, unsigned form) {
  return to_decimal((form & record::euros) != 0 ? record::euros_text(value) : value.to_string());
}
template <class Whole>
  requires(std::is_integral_v<Whole> && !std::is_same_v<Whole, bool>)
py::object give(Whole value, unsigned form) {
  return (form & record::or_null) != 0 && value == 0 ? py::object(py::none()) : py::object(py::int_(value));
}
inline py::object give(const record::Counts &counts, unsigned) {
  py::dict dict;
  for (const auto &[reason, count] : counts)
    dict[py::str(reason)] = py::int_(count);
  return std::move(dict);
}
// Amounts and words.
template <class T> py::object give(const std::vector<std::pair<std::string, T>> &named, unsigned form) {
  py::dict dict;
  for (const auto &[name, item] : named)
    dict[py::str(name)] = give(item, form);
  return std::move(dict);
}
template <class T> py::object give(const std::vector<T> &items, unsigned form);
template <record::Described Record> py::object give(const Record &value, unsigned) { return give_record(value); }
template <class T> py::object give(const std::optional<T> &value, unsigned form) {
  return value ? give(*value, form) : py::object(py::none());
}
template <class T> py::object give(const std::vector<T> &items, unsigned form) {
  py::tuple tuple(items.size());
  for (std::size_t i = 0; i < items.size(); ++i)
    PyTuple_SET_ITEM(tuple.ptr(), static_cast<Py_ssize_t>(i), give(items[i], form).release().ptr());
  return std::move(tuple);
}

// The class that users know: spie.convention.Total.
template <class Record> const py::object &class_of() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<py::object> storage;
  return storage
      .call_once_and_store_result([] {
        const record::Title &title = record::Table<Record>::title;
        return py::object(
            py::module_::import(("spie." + std::string(title.module)).c_str()).attr(std::string(title.name).c_str()));
      })
      .get_stored();
}

template <class Record> py::object give_record(const Record &record) {
  py::tuple arguments(std::tuple_size_v<std::remove_cvref_t<decltype(record::Table<Record>::fields)>>);
  Py_ssize_t index = 0;
  record::each_field<Record>([&](const auto &field) {
    PyTuple_SET_ITEM(arguments.ptr(), index++, give(std::invoke(field.get, record), field.form).release().ptr());
  });
  PyObject *made = PyObject_CallObject(class_of<Record>().ptr(), arguments.ptr());
  if (made == nullptr)
    throw py::error_already_set();
  return py::reinterpret_steal<py::object>(made);
}

template <class Record> py::list give_records(const std::vector<Record> &records) {
  py::list list;
  for (const Record &record : records)
    list.append(give_record(record));
  return list;
}

// --- Taken from Python: a record that was unpickled, or changed by dataclasses.replace
// ---------------------------------

template <class Record> Record take_record(py::handle object);

inline void take(py::handle object, std::string &value) { value = py::cast<std::string>(object); }
inline void take(py::handle object, bool &value) { value = py::cast<bool>(object); }
inline void take(py::handle object, feel::Number &value) { value = to_number(object); }
inline void take(py::handle object, feel::Date &value) { value = to_date(object, "record"); }
inline void take(py::handle object, feel::Value &value) { value = to_value(object); }
inline void take(py::handle object, Diagnostic &value) { value = to_diagnostic(object); }
void take(py::handle object, Code &value);
template <class Whole>
  requires(std::is_integral_v<Whole> && !std::is_same_v<Whole, bool>)
void take(py::handle object, Whole &value) {
  value = object.is_none() ? Whole{} : py::cast<Whole>(object);
}
inline void take(py::handle object, record::Counts &value) {
  for (const auto &[reason, count] : py::cast<py::dict>(object))
    value[py::cast<std::string>(reason)] = py::cast<std::int64_t>(count);
}
template <class T> void take(py::handle object, std::vector<std::pair<std::string, T>> &value) {
  for (const auto &[name, item] : py::cast<py::dict>(object))
    take(item, value.emplace_back(py::cast<std::string>(name), T{}).second);
}
template <class T> void take(py::handle object, std::vector<T> &items);
template <record::Described Record> void take(py::handle object, Record &value) { value = take_record<Record>(object); }
template <class T> void take(py::handle object, std::optional<T> &value) {
  if (!object.is_none())
    take(object, value.emplace());
}
template <class T> void take(py::handle object, std::vector<T> &items) {
  for (const py::handle item : object)
    take(item, items.emplace_back());
}

template <class Get>
concept Writes = requires(const Get &get) { get.put; };
template <class Record, class Get>
inline constexpr bool holds = std::is_lvalue_reference_v<std::invoke_result_t<const Get &, Record &>>;

// The names of its attributes, made once.
template <class Record> const std::vector<py::object> &attributes_of() {
  PYBIND11_CONSTINIT static py::gil_safe_call_once_and_store<std::vector<py::object>> storage;
  return storage
      .call_once_and_store_result([] {
        std::vector<py::object> names;
        record::each_field<Record>([&](const auto &field) {
          names.push_back(
              py::reinterpret_steal<py::object>(PyUnicode_InternFromString(record::attribute(field).c_str())));
        });
        return names;
      })
      .get_stored();
}

template <class Record> Record take_record(py::handle object) {
  Record record;
  auto name = attributes_of<Record>().begin();
  record::each_field<Record>([&](const auto &field) {
    using Get = std::remove_cvref_t<decltype(field.get)>;
    if constexpr (Writes<Get>) {
      record::ValueOf<Record, Get> value{};
      take(py::getattr(object, *name), value);
      field.get.put(record, std::move(value));
    } else if constexpr (holds<Record, Get>) {
      take(py::getattr(object, *name), std::invoke(field.get, record));
    } else {
      static_assert(std::is_same_v<Get, record::Constant>, "a record with such a field is not read back");
    }
    ++name;
  });
  return record;
}

// The JSON of a record of Python.
template <class Record> feel::Context context_of(py::handle object) {
  std::vector<feel::Context::Entry> entries;
  auto name = attributes_of<Record>().begin();
  record::each_field<Record>([&](const auto &field) {
    using Get = std::remove_cvref_t<decltype(field.get)>;
    record::ValueOf<Record, Get> value{};
    if constexpr (std::is_same_v<Get, record::Constant>)
      value = field.get.text;
    else
      take(py::getattr(object, *name), value);
    record::place(entries, field.key, field.form, record::written(value, field.form));
    ++name;
  });
  return feel::Context::of_distinct(std::move(entries));
}

} // namespace spie::python
