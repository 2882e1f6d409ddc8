#include "rules/table/shape.hpp"

#include <utility>

namespace spie::table {

namespace {

using dmn::Bound;
using feel::Type;
using Kind = Shape::Kind;

constexpr int deepest = 16; // of lists and contexts within one another: a type may contain itself

// Nullopt for an offset that Arrow cannot write.
std::optional<std::string> zone_text(const feel::Zone &zone) {
  if (zone.is_local())
    return std::string();
  if (zone.is_named())
    return zone.id();
  if (zone.offset_seconds() == 0)
    return std::string("UTC");
  if (zone.offset_seconds() % 60 != 0)
    return std::nullopt;
  return zone.to_string();
}

Shape shaped(const Type &type, const Bound &bound, int decimals, int depth) {
  Shape shape;
  if (depth > deepest)
    return shape;
  switch (type.kind()) {
  case Type::Kind::boolean:
    shape.kind = Kind::boolean;
    break;
  case Type::Kind::number:
    shape.kind = Kind::number;
    shape.scale = bound.scaled == Bound::Known::yes ? bound.scale : bound.scaled == Bound::Known::no ? decimals : 0;
    break;
  case Type::Kind::text:
    shape.kind = Kind::text;
    break;
  case Type::Kind::date:
    shape.kind = Kind::date;
    break;
  case Type::Kind::time:
    shape.kind = Kind::iso;
    break;
  case Type::Kind::date_time: {
    const auto zone = bound.zoned == Bound::Known::none  ? std::optional<std::string>("UTC")
                      : bound.zoned == Bound::Known::yes ? zone_text(bound.zone)
                                                         : std::nullopt;
    shape.kind = zone ? Kind::instant : Kind::iso;
    shape.zone = zone.value_or("");
    break;
  }
  case Type::Kind::days_duration:
    shape.kind = Kind::days;
    break;
  case Type::Kind::months_duration:
    shape.kind = Kind::months;
    break;
  case Type::Kind::list:
    shape.kind = Kind::list;
    shape.members.push_back({"item", shaped(type.element(), bound, decimals, depth + 1)});
    break;
  case Type::Kind::context:
    if (type.members().empty())
      break;
    shape.kind = Kind::structure;
    for (const auto &[name, member] : type.members())
      shape.members.push_back({name, shaped(member, bound.member(name), decimals, depth + 1)});
    break;
  default:
    break;
  }
  return shape;
}

} // namespace

Shape shape_of(const Type &type, const dmn::Bound &bound, int decimals) { return shaped(type, bound, decimals, 0); }

SchemaData schema_of(const std::string &name, const Shape &shape) {
  SchemaData schema;
  schema.name = name;
  const auto set = [&](std::string format) { schema.format = std::move(format); };
  switch (shape.kind) {
  case Kind::text:
  case Kind::iso:
  case Kind::json:
    set("i");
    schema.dictionary.push_back({"u", "", std::nullopt, ARROW_FLAG_NULLABLE, {}, {}});
    break;
  case Kind::number:
    set("d:38," + std::to_string(shape.scale));
    break;
  case Kind::integer:
  case Kind::months:
    set("i");
    break;
  case Kind::boolean:
    set("b");
    break;
  case Kind::date:
    set("tdD");
    break;
  case Kind::instant:
    set("tsu:" + shape.zone);
    break;
  case Kind::days:
    set("tDu");
    break;
  case Kind::plain_text:
  case Kind::plain_json:
    set("u");
    break;
  case Kind::whole:
    set("l");
    break;
  case Kind::millis:
    set("tsm:" + shape.zone);
    break;
  case Kind::map: {
    set("+m");
    SchemaData key{"u", "key", std::nullopt, 0, {}, {}};
    SchemaData entries{"+s", "entries", std::nullopt, 0, {}, {}};
    entries.children.push_back(std::move(key));
    entries.children.push_back(schema_of("value", shape.members.front().shape));
    schema.children.push_back(std::move(entries));
    break;
  }
  case Kind::list:
  case Kind::structure:
    set(shape.kind == Kind::list ? "+l" : "+s");
    for (const auto &[member, below] : shape.members)
      schema.children.push_back(schema_of(member, below));
    break;
  }
  return schema;
}

} // namespace spie::table
