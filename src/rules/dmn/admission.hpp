// Facts as a caller gives them, made values of the types that a model declares: the one place that says what a type
// takes. What is wrong is said by the caller's Faults, in his own words and codes.
#pragma once

#include "spie/dmn/fact_source.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/evaluation.hpp"
#include "spie/feel/type.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spie::dmn {

// Where a fact stands in what is given; written out for those who must read it alone.
struct Place {
  const Place *up = nullptr;
  std::string_view name;                 // of an input or a member
  std::size_t index = std::string::npos; // of an item, from 0
  std::string path() const;              // "freins[2].code"
  // "/freins/1/code", after what names the whole: "", or "donnees/freins.json#/valeurs" for the input itself.
  std::string pointer() const;
};

class Faults {
public:
  Faults() = default;
  virtual ~Faults() = default;
  Faults(const Faults &) = delete;
  Faults &operator=(const Faults &) = delete;
  // Each may throw; one that returns lets the rest be looked at, and what it was told of is then of no use.
  virtual void not_of_type(const Place &place, const feel::Value &value, const feel::Type &type) = 0;
  virtual void not_allowed(const Place &place, const feel::Value &value, const feel::Type &type) = 0;
  virtual void not_allowed_whole(const Place &place, const feel::Type &type) = 0; // a list, a context, an Any
  virtual void no_member(const Place &place, std::string_view name, const feel::Type &type) = 0;
};

// Of the values that a type allows, the one that was probably meant, or all of them.
std::string allowed_instead(const feel::Value &value, const feel::Type &type);

// D009 and D010, the first that is met.
class FirstFault final : public Faults {
public:
  void not_of_type(const Place &place, const feel::Value &value, const feel::Type &type) override;
  void not_allowed(const Place &place, const feel::Value &value, const feel::Type &type) override;
  void not_allowed_whole(const Place &place, const feel::Type &type) override;
  void no_member(const Place &place, std::string_view name, const feel::Type &type) override;
};

// Whether anything is wrong, for those who then ask somebody else what.
class AnyFault final : public Faults {
public:
  bool found = false;
  void not_of_type(const Place &, const feel::Value &, const feel::Type &) override { found = true; }
  void not_allowed(const Place &, const feel::Value &, const feel::Type &) override { found = true; }
  void not_allowed_whole(const Place &, const feel::Type &) override { found = true; }
  void no_member(const Place &, std::string_view, const feel::Type &) override { found = true; }
};

class Admission {
public:
  enum class Manner : std::uint8_t {
    standard, // DMN: a null is a null, FEEL coerces
    unknown,  // what is absent or null is unknown and bears its path (decisions §1), FEEL coerces
    facts,    // packs: unknown too; a text may be a date, and nothing is coerced
  };
  // `options` give the instant and the limits of the tests of allowed values, and whether texts may be dates.
  Admission(Manner manner, FactSource &source, Faults &faults, const EvaluateOptions &options = {});

  feel::Value admit(FactSource::Node given, const feel::Type &type, const Place &place, int depth = 0);
  // Errors that the tests of allowed values met on the way: they are the evaluation's too.
  feel::Evaluation &evaluation() noexcept { return evaluation_; }

private:
  // What a context is read with; another one of the same depth then needs no memory.
  struct Level {
    std::vector<FactSource::Entry> entries;
    std::vector<const FactSource::Entry *> by_member; // of the type; nullptr: it is not given
  };
  class Open; // a context that is being read
  feel::Value context(FactSource::Node given, const feel::Type &type, const Place &place, int depth);
  feel::Value list(FactSource::Node given, const feel::Type &type, const Place &place, int depth);
  feel::Value whole(feel::Value value, const feel::Type &type, const Place &place);
  feel::Value coerced(const feel::Value &value, const feel::Type &type, const Place &place);
  feel::Value read(const feel::Value &value, const feel::Type &type, const Place &place);
  feel::Value allowed_whole(feel::Value value, const feel::Type &type, const Place &place);

  Manner manner_;
  bool iso_texts_; // a text may be a date, time or duration where the type asks for one
  FactSource &source_;
  Faults &faults_;
  feel::Evaluation evaluation_;
  std::vector<std::unique_ptr<Level>> levels_;
  std::size_t open_ = 0; // of them
};

// A scalar of the very kind that the type asks for, or any, without allowed values: what admit() gives as it is.
inline bool is_plain(const feel::Value &value, const feel::Type &type) {
  using Kind = feel::Type::Kind;
  if (type.constraint() != nullptr)
    return false;
  switch (value.kind()) {
  case feel::Kind::boolean:
    return type.kind() == Kind::boolean || type.is_any();
  case feel::Kind::number:
    return type.kind() == Kind::number || type.is_any();
  case feel::Kind::text:
    return type.kind() == Kind::text || type.is_any();
  case feel::Kind::date:
    return type.kind() == Kind::date || type.is_any();
  default:
    return false;
  }
}

// Of the values that are plain for a scalar type; null: none are, or those of several kinds.
inline feel::Kind plain_kind(const feel::Type &type) {
  if (type.constraint() != nullptr)
    return feel::Kind::null;
  switch (type.kind()) {
  case feel::Type::Kind::boolean:
    return feel::Kind::boolean;
  case feel::Type::Kind::number:
    return feel::Kind::number;
  case feel::Type::Kind::text:
    return feel::Kind::text;
  case feel::Type::Kind::date:
    return feel::Kind::date;
  default:
    return feel::Kind::null;
  }
}

// "freins[2].code" as a JSON pointer, "/freins/2/code".
std::string pointer_of(const std::string &path);

// What stands for a fact that is not given: of a context type each of its members is unknown by its own name, so that
// only those read are missed.
feel::Value unknown_of(const feel::Type &type, const std::string &path);

} // namespace spie::dmn
