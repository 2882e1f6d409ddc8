// The columns of an answer, or of records: their types, known before the first row, and what is made of the values.
#pragma once

#include "rules/dmn/bound.hpp"
#include "rules/table/export.hpp"
#include "spie/diagnostic.hpp"
#include "spie/feel/type.hpp"
#include "spie/feel/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spie::table {

struct Shape {
  enum class Kind : std::uint8_t {
    text,      // dictionary of int32 over utf8
    iso,       // the same, of what a column of its type would not hold whole: a time, an instant of any zone
    json,      // the same, of what has no known type
    number,    // decimal128(38, scale)
    integer,   // int32: the number of a rule
    boolean,   //
    date,      // date32
    instant,   // timestamp[us, zone]
    months,    // int32
    days,      // duration[us]
    list,      // of the one member
    structure, // of its members
    // Of records alone, whose columns are what pyarrow makes of their members.
    plain_text, // utf8
    plain_json, // the same, of what has no known type
    whole,      // int64
    millis,     // timestamp[ms, zone] of whole numbers since 1970
    map,        // of utf8 to the one member
  };
  Kind kind = Kind::json;
  int scale = 0;
  std::string zone;
  struct Member;
  std::vector<Member> members;
};
struct Shape::Member {
  std::string name;
  Shape shape;
};

// `decimals`: of a number that nothing bounds.
Shape shape_of(const feel::Type &type, const dmn::Bound &bound, int decimals);
SchemaData schema_of(const std::string &name, const Shape &shape);

// What the values of a column make, one after the other.
class Builder {
public:
  Builder() = default;
  virtual ~Builder() = default;
  Builder(const Builder &) = delete;
  Builder &operator=(const Builder &) = delete;

  // Adds one value; what does not fit becomes null, and the first of them goes to `fault` (T005, T006).
  virtual void add(const feel::Value &value, std::optional<Diagnostic> &fault) = 0;
  virtual ArrayData finish() = 0; // and begins anew
};

std::unique_ptr<Builder> builder_of(const std::string &name, const Shape &shape);

} // namespace spie::table
