// A table of any length is answered in the memory of one batch.
#include "tests/dmn/models.hpp"
#include "tests/peak.hpp"
#include "tests/table/arrays.hpp"

#include "spie/dmn/decision.hpp"

using namespace models;
namespace a = arrays;
namespace t = spie::table;

namespace {

// The same batch, as often as it is wanted.
class Endless {
public:
  Endless(a::Column batch, int count) : batch_(std::move(batch)), left_(count) {}
  ArrowArrayStream &give() {
    stream_.get_schema = [](ArrowArrayStream *self, ArrowSchema *out) {
      t::give(*out, of(self).batch_.schema);
      return 0;
    };
    stream_.get_next = [](ArrowArrayStream *self, ArrowArray *out) {
      out->release = nullptr;
      if (of(self).left_-- > 0)
        t::give(*out, of(self).batch_.array);
      return 0;
    };
    stream_.get_last_error = [](ArrowArrayStream *) { return static_cast<const char *>(nullptr); };
    stream_.release = [](ArrowArrayStream *self) { self->release = nullptr; };
    stream_.private_data = this;
    return stream_;
  }

private:
  static Endless &of(ArrowArrayStream *self) { return *static_cast<Endless *>(self->private_data); }
  a::Column batch_;
  int left_;
  ArrowArrayStream stream_{};
};

// Rows answered, each batch let go once it is looked at.
std::int64_t drained(const std::shared_ptr<const dmn::Decision> &prepared, const a::Column &batch, int batches) {
  Endless table(batch, batches);
  ArrowArrayStream answer{};
  t::Options options;
  options.garder = {"nature"};
  t::evaluate(answer, prepared, table.give(), options);
  std::int64_t rows = 0;
  ArrowArray array{};
  while (answer.get_next(&answer, &array) == 0 && array.release != nullptr) {
    rows += array.length;
    array.release(&array);
  }
  answer.release(&answer);
  return rows;
}

} // namespace

TEST_CASE("memory does not grow with the table", "[table][slow]") {
  const auto prepared =
      dmn::Model::load({{"m.dmn", document(input("x", "number") + input("nature", "string") +
                                           decision("r", {"i_x", "i_nature"}, literal("nature + string(x)")))}})
          ->decision("r");
  constexpr std::size_t rows = 20'000;
  std::vector<std::optional<std::int64_t>> numbers;
  std::vector<std::optional<std::string>> natures;
  for (std::size_t i = 0; i < rows; ++i) { // texts that all differ: the worst that a dictionary may meet
    numbers.emplace_back(static_cast<std::int64_t>(i));
    natures.emplace_back("nature numéro " + std::to_string(i * 7'919));
  }
  const a::Column batch = a::structure("", {a::plain("x", "l", numbers), a::texts("nature", natures)});
  CHECK(drained(prepared, batch, 2) == 2 * rows);
  const long before = testing::peak_kib();
  CHECK(drained(prepared, batch, 40) == 40 * rows);
  const long grown = testing::peak_kib() - before;
  INFO(grown << " KiB");
  if (!testing::sanitized)
    CHECK(grown < 4'096);
}
