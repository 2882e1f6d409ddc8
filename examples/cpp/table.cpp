// A decision asked of each row of a table: three people as an Arrow stream, as any library of Arrow exports one, and
// the statuses of their answers. Arguments: packs/seine-et-marne-2022-2023
#include <spie/pack/table.hpp>

#include <array>
#include <cstdint>
#include <iostream>
#include <string_view>

namespace {

// One column of texts, "beneficiaire.reside_departement": "oui", "non", nothing. It is static, so that release frees
// nothing.
struct Personnes {
  static constexpr std::array<std::int32_t, 4> starts{0, 3, 6, 6};
  static constexpr std::uint8_t known = 0b011;
  std::array<const void *, 3> texts{&known, starts.data(), "ouinon"};
  std::array<const void *, 1> none{};
  ArrowSchema schema{
      "u", "beneficiaire.reside_departement", nullptr, ARROW_FLAG_NULLABLE, 0, nullptr, nullptr, released, nullptr};
  ArrowArray column{3, 1, 0, 3, 0, texts.data(), nullptr, nullptr, released, nullptr};
  std::array<ArrowSchema *, 1> schemas{&schema};
  std::array<ArrowArray *, 1> columns{&column};
  bool given = false;

  template <class Struct> static void released(Struct *held) { held->release = nullptr; }
  static Personnes &of(ArrowArrayStream *stream) { return *static_cast<Personnes *>(stream->private_data); }
  static int give_schema(ArrowArrayStream *stream, ArrowSchema *out) {
    *out = {"+s", "", nullptr, 0, 1, of(stream).schemas.data(), nullptr, released, nullptr};
    return 0;
  }
  static int give_rows(ArrowArrayStream *stream, ArrowArray *out) {
    Personnes &self = of(stream);
    *out = {};
    if (!self.given)
      *out = {3, 0, 0, 1, 1, self.none.data(), self.columns.data(), nullptr, released, nullptr};
    self.given = true;
    return 0;
  }
  static const char *no_error(ArrowArrayStream *) { return nullptr; }
  ArrowArrayStream stream() { return {give_schema, give_rows, no_error, released, this}; }
};

std::string_view text(const ArrowArray &column, std::int64_t row) { // of a dictionary column
  const auto code = static_cast<const std::int32_t *>(column.buffers[1])[row];
  const auto *starts = static_cast<const std::int32_t *>(column.dictionary->buffers[1]);
  const auto *texts = static_cast<const char *>(column.dictionary->buffers[2]);
  return {texts + starts[code], static_cast<std::size_t>(starts[code + 1] - starts[code])};
}

} // namespace

int main(int count, char **arguments) try {
  const auto pack = spie::Pack::load(count > 1 ? arguments[1] : ".");
  Personnes personnes;
  ArrowArrayStream table = personnes.stream(), answer{};
  spie::evaluate_table(answer, pack->decision("admission"), table, "2022-06-01");
  ArrowArray batch{};
  while (answer.get_next(&answer, &batch) == 0 && batch.release != nullptr) {
    for (std::int64_t row = 0; row < batch.length; ++row)
      std::cout << text(*batch.children[batch.n_children - 1], row) << '\n'; // the last column: statut
    batch.release(&batch);
  }
  answer.release(&answer);
  // How it goes, column by column or row by row, and why; the answers are the same.
  for (const spie::DecisionColumns &one : spie::columns_of(pack, pack->period_start()))
    if (one.decision == "admission")
      std::cout << (one.colonnes ? "by columns, but for " + std::to_string(one.par_lignes.size()) + " parts"
                                 : one.place + ": " + one.motif)
                << '\n';
  return 0;
} catch (const spie::Error &error) {
  std::cerr << error.what() << '\n';
  return 1;
}
