// Whole tables: a decision asked of each row of an Arrow stream, and its answers as another one (docs/tables.md). One
// row means what it means alone: Decision::evaluate says it.
#pragma once

#include "spie/arrow.h"
#include "spie/dmn/decision.hpp"
#include "spie/dmn/model.hpp"
#include "spie/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace spie::table {

struct Options {
  std::vector<std::string> garder; // columns copied to the answer, in this order, before its own
  bool ignorer = false;            // a column that nothing reads is let be, rather than refused (T001)
  std::string prefixe;             // of the names `statut`, `regle`, `motif`, `mots`, where a column bears one already
  int echelle = 6;                 // decimals of a number that the decision does not bound, 0 to 38
  bool regle = false;              // a column with the number of the rule that was hit, from 1; slower
  bool motif = false;              // a column with the code of what made a row `erreur` or `indetermine`
  bool colonnes = true;            // column by column where the decision allows it; false: each row alone, to compare
  std::vector<std::int64_t> mots;  // rows, from 0: what `motif` means for them, in French, in a column `mots`
  int threads = 0;                 // 0: as many as the machine has processors
  // Told once, before the first row, where the decision goes row by row: the first thing in it that does, and why.
  std::function<void(const std::string &place, const std::string &why)> rang_par_rang = {};
  // Told once the last row is answered, of a decision that goes by columns, for each reason why rows were answered one
  // by one all the same: the part of it, why, how many rows it was the first reason for. Whoever reads the answer calls
  // it.
  std::function<void(const std::string &place, const std::string &why, std::int64_t rows)> laissees = {};
  // Of the table's schema, beyond which it is no valid Arrow (T003): usually 64 levels of types within one another and
  // 100,000 columns (`list_size`), parts of structs among them; the others mean nothing here.
  LoadLimits schema = {};
};

// Makes `answer`, a stream of one row for each row of `given`, in order: the columns of `garder`, the value of the
// decision, `statut`. It takes `given` over, whatever comes of it, reads it batch by batch as the answer is read, in
// the thread that reads, and releases it with the answer. Throws Error, and `answer` is then released: T001 a column
// that nothing reads, T002 one of a type that its input cannot take, T003 what is no valid Arrow, T004 two columns of
// one name, T007 the stream that gives the table failed. Later, get_next gives EINVAL (T003, T007) or ENOMEM and a
// message; what is wrong with the values of one row answers that row.
void evaluate(ArrowArrayStream &answer, const std::shared_ptr<const dmn::Decision> &decision, ArrowArrayStream &given,
              const Options &options = {}, const dmn::EvaluateOptions &evaluation = {});

} // namespace spie::table
