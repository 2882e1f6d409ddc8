// The statement of expenses as a table of Arrow: what is retained of each line, added up in cents, as a program that
// has Arrow would read it. The pack is loaded within limits of one's own.
//   etat_en_table PACK_FOLDER LEDGER.csv DATE
// Arguments: packs/seine-et-marne-2022-2023 examples/donnees/registre-invente.csv 2023-12-31
#include <spie/convention/arrow.hpp>
#include <spie/pack/pack.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>

using namespace spie;

static std::string read_file(const char *path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    throw std::runtime_error(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

int main(int count, char **arguments) try {
  if (count != 4) {
    std::cerr << "usage: " << arguments[0] << " PACK_FOLDER LEDGER.csv DATE\n";
    return 2;
  }
  PackOptions options;
  options.limits = {.bytes = 1 << 20, .time = std::chrono::minutes(1)};
  const auto pack = Pack::load(arguments[1], options);
  const auto ledger = convention::read_registre(read_file(arguments[2]), arguments[2], *pack);
  const auto date = feel::Date::parse(arguments[3]).value();
  const auto statement = convention::etat_des_depenses(*pack, ledger, {}, feel::Context(), date);

  ArrowArrayStream table{};
  ArrowSchema schema{};
  ArrowArray batch{};
  convention::to_arrow(table, statement);
  if (table.get_schema(&table, &schema) != 0 || table.get_next(&table, &batch) != 0)
    throw std::runtime_error("no memory is left");
  std::int64_t sum = 0;
  for (std::int64_t i = 0; i < schema.n_children; ++i)
    if (std::string_view(schema.children[i]->name) == "retenu") // decimal128, two decimals: cents
      for (std::int64_t row = 0; row < batch.length; ++row)
        sum += static_cast<const std::int64_t *>(batch.children[i]->buffers[1])[2 * row];
  std::cout << batch.length << " lignes ; retenu en table " << sum << " centimes, dans l'état "
            << statement.depenses_eligibles.to_string() << " €\n";
  batch.release(&batch);
  schema.release(&schema);
  table.release(&table);
  return 0;
} catch (const std::exception &fault) {
  std::cerr << fault.what() << '\n';
  return 1;
}
