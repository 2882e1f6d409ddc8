// The built-in functions of FEEL (DMN 1.5 §10.3.4), one table a family. A row is one signature: it drives dispatch,
// named parameters, the page docs/feel.md and a test that evaluates its example.
#pragma once

#include "spie/feel/function.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spie::feel {

struct Signature {
  std::string_view name; // "string length"
  // "string: string, start position: number, length: number?": names and types in order. A type may be a choice
  // ("date | date and time"), `any` takes null too, `null` may be one of the choices; "?" after the type: may be left
  // out (the function then gets a null there); "..." before the name: that and all that follow, gathered as a list; it
  // may be empty when other parameters stand before.
  // An argument of a type not listed is null with an error (F005, F017 for a null), after the coercions of
  // §10.3.2.9.4: singleton list opened, value made a list, date made a date and time.
  std::string_view parameters;
  std::string_view returns;                                                // "number"
  Value (*call)(Evaluation &evaluation, std::span<const Value> arguments); // one value a parameter, types checked
  std::string_view summary;                                                // one English sentence
  std::string_view example;                                                // a FEEL expression that is true
};

// The families, each in the file of its name.
std::span<const Signature> conversion_builtins();
std::span<const Signature> boolean_builtins();
std::span<const Signature> string_builtins();
std::span<const Signature> list_builtins();
std::span<const Signature> numeric_builtins();
std::span<const Signature> context_builtins();
std::span<const Signature> temporal_builtins();
std::span<const Signature> range_builtins();
std::span<const Signature> sort_builtins();
std::span<const Signature> calendar_builtins(); // ours: French calendar functions offered to packs
std::span<const Signature> unknown_builtins();  // ours: what a pack says of facts unknown, or at odds

struct Family {
  std::string_view name;
  std::span<const Signature> signatures;
};
std::span<const Family> builtin_families();

// nullptr when no built-in has this name. The function lives as long as the program.
const std::shared_ptr<const Function> *find_builtin(std::string_view name);
// Functions of rows that stand outside the registry; those that bear the name of a built-in are its overloads too.
std::vector<std::pair<std::string, std::shared_ptr<const Function>>> extended(std::span<const Signature> rows);
// Every name, sorted: the parser reads names that hold spaces with it.
const std::vector<std::string> &builtin_names();

} // namespace spie::feel
