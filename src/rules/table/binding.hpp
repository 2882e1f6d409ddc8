// Which column gives which input: by name, by dotted path, as a struct.
#pragma once

#include "rules/table/layout.hpp"
#include "spie/dmn/model.hpp"
#include "spie/feel/type.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spie::table {

// An input, or a member of one that several columns give together.
struct Branch {
  std::string name;
  std::optional<std::size_t> column; // of the table; none where members make it
  std::vector<Branch> members;
  std::vector<std::string> absent; // bare models: members that its type asks for, null
  std::uint32_t slot = 0;          // of an input
};

// Of a struct that a type with members reads: what is let be, what is absent though the type asks for it.
struct Members {
  std::vector<bool> ignored; // by child; empty: none
  std::vector<std::string> absent;
};

// What may be given to a decision, and how it takes it.
class Inputs {
public:
  Inputs() = default;
  virtual ~Inputs() = default;
  Inputs(const Inputs &) = delete;
  Inputs &operator=(const Inputs &) = delete;

  struct Input {
    std::string name; // as the decision is given it
    feel::Type type;
    std::uint32_t slot = 0; // of its values
  };
  virtual std::optional<Input> find(std::string_view name) const = 0;
  virtual std::vector<std::string> names() const = 0; // for suggestions
  // Why a name that is not found is none; empty: there is nothing of that name.
  virtual std::string why_not(std::string_view name) const = 0;
  // Packs: what is absent is unknown, an object has no other member than its type says, and a text may be a date.
  virtual bool unknown_facts() const = 0;
};

struct Binding {
  std::vector<Branch> inputs;
  std::unordered_map<const Layout *, Members> structs; // those of which there is something to say
  std::vector<std::size_t> kept;                       // columns copied to the answer
  std::optional<std::size_t> dates;                    // the column that says the day of each row
};

struct Wanted {
  const std::vector<std::string> &kept;
  bool ignore = false;
  std::optional<std::string> dates;
};

// Throws Error T001, T002, T004.
Binding bind(const Layout &table, const Inputs &inputs, const Wanted &wanted);

} // namespace spie::table
