// FEEL types (DMN 1.5 §10.3.2.9): the lattice, conformance, and the coercions that an assignment allows.
#pragma once

#include "spie/feel/value.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::feel {

class Evaluation; // evaluation.hpp

// What an item definition adds to a type: allowed values. Implemented by the DMN layer.
class Constraint {
public:
  virtual ~Constraint() = default;
  virtual bool allows(Evaluation &evaluation, const Value &value) const = 0;
  virtual std::string to_string() const = 0;     // the FEEL text of the allowed values
  virtual List enumerated() const { return {}; } // the values, where they are a plain list of literals
};

class Type {
public:
  enum class Kind : std::uint8_t {
    any,
    null,
    boolean,
    number,
    text,
    date,
    time,
    date_time,
    days_duration,
    months_duration,
    list,     // of an element type
    range,    // of an element type
    context,  // with the entries it must have
    function, // of parameter types and a result type
  };
  using Member = std::pair<std::string, Type>;

  Type() = default; // Any
  Type(Kind kind) : kind_(kind) {}
  static Type list(Type element);
  static Type range(Type element);
  static Type context(std::vector<Member> members);
  static Type function(std::vector<Type> parameters, Type result);
  // A FEEL type name: "number", "string", "date and time", "dateTime", "days and time duration", "yearMonthDuration",
  // "Any", "list", "context"…; nullopt for another one.
  static std::optional<Type> named(std::string_view name);

  // The same type under the name of an item definition, with its allowed values; `constraint` may be null.
  Type named_as(std::string name, std::shared_ptr<const Constraint> constraint) const;

  Kind kind() const noexcept { return kind_; }
  bool is_any() const noexcept { return kind_ == Kind::any; }
  const Type &element() const;                     // of a list or range; Any when none was given
  const std::vector<Member> &members() const;      // of a context
  const Type *member(std::string_view name) const; // nullptr when there is none
  const std::vector<Type> &parameters() const;     // of a function
  bool has_signature() const noexcept;             // a function type with its parameters known
  const Type &result() const;                      // of a function
  const std::string &name() const;                 // of an item definition; empty otherwise
  const Constraint *constraint() const;            // nullptr when there is none

  // DMN 1.5 §10.3.2.9.2; names and constraints do not count.
  bool conforms_to(const Type &other) const;
  bool equivalent_to(const Type &other) const;
  std::string to_string() const; // "list<number>", "context<a: number>"

private:
  struct Detail;
  Kind kind_ = Kind::any;
  std::shared_ptr<const Detail> detail_;
};

// The most specific type of a value.
Type type_of(const Value &value);
// `value instance of type`: null itself is an instance of Null alone (TCK 0070 null_001), though a null inside a list
// or a context conforms to any type (context_019).
bool is_instance(const Value &value, const Type &type);
// The value as `type` asks for it: itself when it conforms (and its allowed values allow it), a singleton list made or
// opened, a date made a date and time at midnight UTC; null stays null with its cause; otherwise null with F016.
Value coerce(Evaluation &evaluation, const Value &value, const Type &type);

} // namespace spie::feel
