// Records as columns, by their tables: a column for each field under the name of its attribute, amounts decimal128 with
// two decimals, other numbers with six, dates date32, a value of no known type its JSON.
#pragma once

#include "rules/record/record.hpp"
#include "rules/table/rows.hpp"

#include <type_traits>
#include <vector>

namespace spie::table {

constexpr int cents = 2;
constexpr int usual_decimals = 6; // of a number that is no amount

inline Shape shape_of_kind(Shape::Kind kind, int scale = 0) {
  Shape shape;
  shape.kind = kind;
  shape.scale = scale;
  return shape;
}
inline Shape shape_holding(Shape::Kind kind, Shape inner) { // a list or a map
  Shape shape;
  shape.kind = kind;
  shape.members.push_back({"item", std::move(inner)});
  return shape;
}

inline Shape shape_of_finding() {
  Shape shape = shape_of_kind(Shape::Kind::structure);
  for (const char *name : {"code", "level", "message", "where"})
    shape.members.push_back({name, shape_of_kind(Shape::Kind::plain_text)});
  return shape;
}

template <class Record> std::vector<Shape::Member> record_columns();

template <class T> Shape member_shape(unsigned form) {
  using Kind = Shape::Kind;
  if constexpr (record::is_optional<T>)
    return member_shape<typename T::value_type>(form);
  else if constexpr (std::is_same_v<T, record::Amounts>)
    return shape_holding(Kind::map, shape_of_kind(Kind::number, cents));
  else if constexpr (std::is_same_v<T, record::Words>)
    return shape_holding(Kind::map, shape_of_kind(Kind::plain_text));
  else if constexpr (std::is_same_v<T, record::Counts>)
    return shape_holding(Kind::map, shape_of_kind(Kind::whole));
  else if constexpr (record::is_vector<T>)
    return shape_holding(Kind::list, member_shape<typename T::value_type>(form));
  else if constexpr (std::is_same_v<T, bool>)
    return shape_of_kind(Kind::boolean);
  else if constexpr (std::is_integral_v<T>)
    return shape_of_kind(Kind::whole);
  else if constexpr (std::is_same_v<T, feel::Number>)
    return shape_of_kind(Kind::number, (form & record::euros) != 0 ? cents : usual_decimals);
  else if constexpr (std::is_same_v<T, feel::Date>)
    return shape_of_kind(Kind::date);
  else if constexpr (std::is_same_v<T, feel::Value>)
    return shape_of_kind(Kind::plain_json);
  else if constexpr (std::is_same_v<T, Diagnostic>)
    return shape_of_finding();
  else if constexpr (record::Described<T>) {
    Shape shape = shape_of_kind(Kind::structure);
    shape.members = record_columns<T>();
    return shape;
  } else {
    return shape_of_kind(Kind::plain_text);
  }
}

template <class Record> std::vector<Shape::Member> record_columns() {
  std::vector<Shape::Member> columns;
  record::each_field<Record>([&](const auto &field) {
    using T = record::ValueOf<Record, decltype(field.get)>;
    columns.push_back({record::attribute(field), member_shape<T>(field.form)});
  });
  return columns;
}

// A member as its column takes it. An empty text stays one: what Python holds of it, not what JSON writes.
template <class T> feel::Value column_value(const T &member, unsigned form) {
  if constexpr (record::is_optional<T>) {
    return member ? column_value(*member, form) : feel::Value();
  } else if constexpr (std::is_same_v<T, record::Amounts> || std::is_same_v<T, record::Words> ||
                       std::is_same_v<T, record::Counts>) {
    feel::Context entries;
    for (const auto &[key, item] : member)
      entries.set(key, feel::Value(item));
    return entries;
  } else if constexpr (record::is_vector<T>) {
    feel::List items;
    for (const auto &item : member)
      items.push_back(column_value(item, form));
    return items;
  } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, feel::Number> || std::is_same_v<T, feel::Date> ||
                       std::is_same_v<T, feel::Value>) {
    return feel::Value(member);
  } else if constexpr (std::is_integral_v<T>) {
    return (form & record::or_null) != 0 && member == 0 ? feel::Value()
                                                        : feel::Value(static_cast<std::int64_t>(member));
  } else if constexpr (std::is_same_v<T, Diagnostic>) {
    return feel::Context{{"code", text(member.code)},
                         {"level", text(member.level)},
                         {"message", member.message},
                         {"where", member.where}};
  } else if constexpr (record::Described<T>) {
    feel::Context held;
    record::each_field<T>([&](const auto &field) {
      held.set(record::attribute(field), column_value(std::invoke(field.get, member), field.form));
    });
    return held;
  } else if constexpr (std::is_same_v<T, Code>) {
    return feel::Value(text(member));
  } else {
    return feel::Value(std::string(std::string_view(member)));
  }
}

template <class Record> void add_record(Rows &rows, const Record &record) {
  record::each_field<Record>(
      [&](const auto &field) { rows.add(column_value(std::invoke(field.get, record), field.form)); });
}

template <class Record> Rows rows_of(const std::vector<Record> &records) {
  Rows rows(record_columns<Record>());
  for (const Record &record : records)
    add_record(rows, record);
  return rows;
}

} // namespace spie::table
