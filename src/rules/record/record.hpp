// A record described once: the table of its fields drives its JSON, its Python class, its JSON Schema and the
// documentation of all three (docs/schemas/resultats). What is conditional by nature, such as a masked fact, has none.
//
//   template <> struct Table<Total> {
//     static constexpr Title title{"Total", "convention", "Of an action or of a nature."};
//     static constexpr auto fields = std::tuple{
//         Field{"code", &Total::code, "of the action or of the nature"},
//         Field{"budget", &Total::budget, "annexe C gives amounts by action", euros},
//     };
//   };
//
// The kind of a field follows from the type of its member; its form says what the type cannot.
#pragma once

#include "spie/diagnostic.hpp"
#include "spie/feel/number.hpp"
#include "spie/feel/temporal.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace spie::record {

struct Title {
  std::string_view name;   // of the class in Python and of the schema
  std::string_view module; // of Python, under spie, that gives the class to users
  std::string_view documentation;
  bool has_class = true; // false: the class of that name is written by hand, and holds more
};

// Bits of a form.
inline constexpr unsigned euros = 1;     // a number that is an amount: in JSON a text with two decimals
inline constexpr unsigned or_null = 2;   // an empty text, or a zero that stands for none, is null in JSON
inline constexpr unsigned left_out = 4;  // what is none has no key
inline constexpr unsigned typed_day = 8; // a date that JSON tags, {"@date": …}; without, an ISO text

template <class Get> struct Field {
  // In JSON. "pack.id": the key id of the object pack. Empty: the keys of the value stand among those of the record.
  std::string_view key;
  Get get; // a member, a function of the record, Constant, or Computed
  std::string_view documentation = {};
  unsigned form = 0;
  std::string_view name = {}; // of the attribute in Python, where it is not the key with "_" for "."
};
template <class Get> Field(std::string_view, Get) -> Field<Get>;
template <class Get> Field(std::string_view, Get, std::string_view) -> Field<Get>;
template <class Get> Field(std::string_view, Get, std::string_view, unsigned) -> Field<Get>;
template <class Get> Field(std::string_view, Get, std::string_view, unsigned, std::string_view) -> Field<Get>;

template <class Record> struct Table; // `title` and `fields`, beside what implements the record

template <class Record>
concept Described = requires { Table<Record>::title; };

// A field of a record that the record holds.
template <class Outer, class Inner, class Get> struct Through {
  Inner Outer::*held;
  Get get;
  template <class Self> decltype(auto) operator()(Self &&self) const { return std::invoke(get, self.*held); }
};

// What is computed from the record, and how it is read back.
template <class Get, class Put> struct Computed {
  Get get;
  Put put; // (record, value)
  template <class Record> auto operator()(const Record &record) const { return get(record); }
};
template <class Get, class Put> Computed(Get, Put) -> Computed<Get, Put>;

// What every record of a kind says alike.
struct Constant {
  const char *text;
  template <class Record> std::string_view operator()(const Record &) const noexcept { return text; }
};

// The fields of a record that `held` holds, as those of the record around it.
template <class Outer, class Inner> constexpr auto fields_of(Inner Outer::*held) {
  return std::apply(
      [held](const auto &...fields) {
        return std::tuple{Field{fields.key, Through<Outer, Inner, decltype(fields.get)>{held, fields.get},
                                fields.documentation, fields.form, fields.name}...};
      },
      Table<Inner>::fields);
}

// The pack that a result stands on.
template <class Result> constexpr auto pack_fields() {
  return std::tuple{Field{"pack.id", &Result::pack_id}, Field{"pack.version", &Result::pack_version},
                    Field{"pack.sha256", &Result::pack_sha256, "of all its files and those of the packs it extends"}};
}

// Its name in Python.
template <class Get> std::string attribute(const Field<Get> &field) {
  std::string name(field.name.empty() ? field.key : field.name);
  for (char &c : name)
    c = c == '.' ? '_' : c;
  return name;
}

// Calls `visit(field)` for each field of a table, in the order of the JSON.
template <class Record, class Visit> void each_field(Visit &&visit) {
  std::apply([&](const auto &...fields) { (visit(fields), ...); }, Table<Record>::fields);
}

template <class Record, class Get>
using ValueOf = std::remove_cvref_t<std::invoke_result_t<const Get &, const Record &>>;

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;

using Counts = std::map<std::string, std::int64_t>;                // how many by reason
using Amounts = std::vector<std::pair<std::string, feel::Number>>; // euros by name
using Words = std::vector<std::pair<std::string, std::string>>;    // texts by code

// "1234.50": an amount as JSON carries it.
std::string euros_text(const feel::Number &amount);

// --- To a value: the JSON --------------------------------------------------------------------------------------------

template <class Record> feel::Context to_context(const Record &record);

feel::Value written(const Diagnostic &finding, unsigned form);
feel::Value written(const Counts &counts, unsigned form); // [{raison, nombre}]
feel::Value written(const Amounts &amounts, unsigned form);
feel::Value written(const Words &words, unsigned form);
inline feel::Value written(const feel::Value &value, unsigned) { return value; }
inline feel::Value written(bool value, unsigned) { return value; }
inline feel::Value written(Code code, unsigned) { return text(code); }
feel::Value written(std::string_view value, unsigned form);
inline feel::Value written(const std::string &value, unsigned form) { return written(std::string_view(value), form); }
feel::Value written(const feel::Number &value, unsigned form);
feel::Value written(feel::Date value, unsigned form);
template <class Whole>
  requires(std::is_integral_v<Whole> && !std::is_same_v<Whole, bool>)
feel::Value written(Whole value, unsigned form) {
  return (form & or_null) != 0 && value == 0 ? feel::Value() : feel::Value(static_cast<std::int64_t>(value));
}
template <class T> feel::Value written(const std::vector<T> &items, unsigned form);
template <Described Record> feel::Value written(const Record &value, unsigned) { return to_context(value); }
template <class T> feel::Value written(const std::optional<T> &value, unsigned form) {
  return value ? written(*value, form) : feel::Value();
}
template <class T> feel::Value written(const std::vector<T> &items, unsigned form) {
  feel::List list;
  list.reserve(items.size());
  for (const T &item : items)
    list.push_back(written(item, form));
  return list;
}

// Puts a field where its key says: keys that share what stands before a dot follow each other in the table.
void place(std::vector<feel::Context::Entry> &record, std::string_view key, unsigned form, feel::Value value);

template <class Record> feel::Context to_context(const Record &record) {
  std::vector<feel::Context::Entry> entries;
  entries.reserve(std::tuple_size_v<std::remove_cvref_t<decltype(Table<Record>::fields)>>);
  each_field<Record>([&](const auto &field) {
    place(entries, field.key, field.form, written(std::invoke(field.get, record), field.form));
  });
  return feel::Context::of_distinct(std::move(entries));
}

template <class Record> feel::List to_list(const std::vector<Record> &records) {
  feel::List list;
  list.reserve(records.size());
  for (const Record &record : records)
    list.emplace_back(to_context(record));
  return list;
}

// --- The description as data: what the generator of classes and schemas reads
// ------------------------------------------

// "text", "boolean", "whole", "number", "euros", "date", "value", "finding", "counts", "amounts", "words", "record".
template <class T> constexpr std::string_view kind_of(unsigned form) {
  if constexpr (is_optional<T> || is_vector<T>) {
    if constexpr (std::is_same_v<T, Amounts>)
      return "amounts";
    else if constexpr (std::is_same_v<T, Words>)
      return "words";
    else
      return kind_of<typename T::value_type>(form);
  } else if constexpr (std::is_same_v<T, bool>) {
    return "boolean";
  } else if constexpr (std::is_integral_v<T>) {
    return "whole";
  } else if constexpr (std::is_same_v<T, feel::Number>) {
    return (form & euros) != 0 ? "euros" : "number";
  } else if constexpr (std::is_same_v<T, feel::Date>) {
    return "date";
  } else if constexpr (std::is_same_v<T, feel::Value>) {
    return "value";
  } else if constexpr (std::is_same_v<T, Diagnostic>) {
    return "finding";
  } else if constexpr (std::is_same_v<T, Counts>) {
    return "counts";
  } else if constexpr (Described<T>) {
    return "record";
  } else {
    static_assert(std::is_convertible_v<T, std::string_view> || std::is_same_v<T, Code>, "a kind of field to add");
    return "text";
  }
}

template <class T> constexpr std::string_view record_of() {
  if constexpr (is_optional<T> || is_vector<T>)
    return record_of<typename T::value_type>();
  else if constexpr (Described<T>)
    return Table<T>::title.name;
  else
    return {};
}

template <class T>
inline constexpr bool is_list = is_vector<T> && !std::is_same_v<T, Amounts> && !std::is_same_v<T, Words>;
template <class T> inline constexpr bool is_list<std::optional<T>> = is_list<T>;

// {nom, module, classe, documentation, champs: [{cle, attribut, genre, liste, nul, vide, absent, typee, fiche,
// documentation}]}
template <class Record> feel::Value description() {
  feel::List fields;
  each_field<Record>([&](const auto &field) {
    using T = ValueOf<Record, decltype(field.get)>;
    const bool plain = (field.form & or_null) != 0;
    fields.emplace_back(feel::Context{{"cle", field.key},
                                      {"attribut", attribute(field)},
                                      {"genre", kind_of<T>(field.form)},
                                      {"liste", is_list<T>},
                                      {"nul", is_optional<T> || plain},
                                      {"vide", plain && kind_of<T>(field.form) == "text"},
                                      {"absent", (field.form & left_out) != 0},
                                      {"typee", (field.form & typed_day) != 0},
                                      {"fiche", record_of<T>()},
                                      {"documentation", field.documentation}});
  });
  return feel::Context{{"nom", Table<Record>::title.name},
                       {"module", Table<Record>::title.module},
                       {"classe", Table<Record>::title.has_class},
                       {"documentation", Table<Record>::title.documentation},
                       {"champs", std::move(fields)}};
}

} // namespace spie::record
