// The classes of Open Badges 3.0, CLR 2.0 and the envelope of verifiable credentials, as a table: what their JSON may
// hold. The walk over a document (structure.cpp) reads it; a rule that concerns one field stands here.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace spie::credentials::rules {

// How the value of a field is written.
enum class Form : std::uint8_t {
  text,
  uri,       // absolute: a scheme, a colon, no blank
  date_time, // with its zone
  moment,    // the same; a date or a time without zone was usual in older badges
  date,      // a day
  number,
  boolean,
  object,     // of the class named
  profile,    // an object of the class named, or its address
  jws,        // a compact signature
  credential, // another credential: an endorsement, or a credential of a record
  context,    // @context
  types,      // type
  index,      // of a status list: digits, or an integer (notes §1.7)
  status,     // credentialStatus: the class follows its type
  anything,   // objects that other parts of the library read, or that nobody here does
};

// What is wrong when the rule is broken: a fault; or, in documents that others wrote before the rule, a warning that is
// a fault only when issuing.
enum class Weight : std::uint8_t { fault, tolerated };

enum class Need : std::uint8_t { optional, required };
enum class Times : std::uint8_t { one, many };

struct Field {
  std::string_view name;
  Form form = Form::text;
  Need need = Need::optional;
  Times times = Times::one;
  std::string_view of = {};                     // the class of an object, or the kind of a credential
  std::span<const std::string_view> among = {}; // the values allowed; none: any
  bool extensible = false;                      // "ext:…" too
};

struct Class {
  std::string_view name;
  std::span<const Field> fields;
  bool typed = true;   // `type` is required and holds the name
  bool closed = false; // no other field, whatever the contexts define
};

const Class *find_class(std::string_view name) noexcept;
const Field *find_field(const Class &of, std::string_view name) noexcept;

// Terms that the contexts define for whatever stands in a credential, and types that no table has.
bool known_term(std::string_view name) noexcept;
bool known_type(std::string_view name) noexcept;

} // namespace spie::credentials::rules
