// Arrow batches: schemas and arrays made of the bytes, buffers as long as the interface wants them and all else as it
// comes (lengths, offsets, indices, nulls, dictionaries, depth). A table is refused, or each of its rows is answered.
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/short_runs.hpp"

#include "rules/table/export.hpp"
#include "spie/dmn/decision.hpp"
#include "spie/table/table.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

using namespace spie;

namespace {

class Bytes {
public:
  Bytes(const std::uint8_t *data, std::size_t size) : data_(data), size_(size) {}
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  std::int64_t number() { // mostly small, sometimes anything
    const std::uint8_t first = byte();
    if (first < 0xF0)
      return first % 16;
    std::int64_t value = 0;
    for (int i = 0; i < 8; ++i)
      value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) << 8 | byte());
    return value;
  }
  bool chance(int in) { return byte() % in == 0; }
  std::vector<char> some(std::size_t count) {
    std::vector<char> bytes(count);
    for (char &one : bytes)
      one = static_cast<char>(byte());
    return bytes;
  }

private:
  const std::uint8_t *data_;
  std::size_t size_, at_ = 0;
};

struct Plain {
  const char *format;
  std::size_t bytes; // of a value; 0: bits
};
constexpr std::array plain{
    Plain{"b", 0},
    Plain{"c", 1},
    Plain{"C", 1},
    Plain{"s", 2},
    Plain{"S", 2},
    Plain{"i", 4},
    Plain{"I", 4},
    Plain{"l", 8},
    Plain{"L", 8},
    Plain{"e", 2},
    Plain{"f", 4},
    Plain{"g", 8},
    Plain{"d:38,4", 16},
    Plain{"tdD", 4},
    Plain{"tdm", 8},
    Plain{"tts", 4},
    Plain{"ttn", 8},
    Plain{"tss:", 8},
    Plain{"tDu", 8},
    Plain{"tiM", 4},
    Plain{"tiD", 8},
    Plain{"tin", 16},
    Plain{"d:76,-3,256", 32},
    Plain{"d:9,2,32", 4},
    Plain{"d:18,2,64", 8},
    Plain{"tsn:Europe/Paris", 8},
};

struct Made {
  table::SchemaData schema;
  table::ArrayData array;
};

constexpr std::int64_t longest = 64; // rows that a buffer is made for

class Maker {
public:
  explicit Maker(Bytes &bytes) : bytes_(bytes) {}

  Made make(int depth) {
    Made made;
    made.schema.name = std::string(1, static_cast<char>('x' + bytes_.byte() % 3));
    made.array.length = bytes_.number();
    made.array.offset = bytes_.chance(4) ? bytes_.number() : 0;
    made.array.null_count = bytes_.chance(3) ? bytes_.number() - 1 : 0;
    const int kind = depth > 6 ? bytes_.byte() % 3 : bytes_.byte() % 12;
    switch (kind) {
    case 0:
    case 1:
      return fixed(std::move(made));
    case 2:
      return text(std::move(made));
    case 3:
      return list(std::move(made), depth);
    case 4:
      return structure(std::move(made), depth);
    case 5:
      return encoded(std::move(made), depth);
    case 6:
      return views(std::move(made), depth);
    case 7:
      return runs(std::move(made), depth);
    case 8:
      return text_views(std::move(made));
    case 9:
      return map(std::move(made), depth);
    case 10:
      made.schema.format = "n";
      return made;
    default: {
      const auto format = bytes_.some(bytes_.byte() % 6);
      made.schema.format.assign(format.begin(), std::find(format.begin(), format.end(), '\0'));
      if (made.schema.format.size() < 3) // of a form that is read, the buffers would have to be right
        made.schema.format = "?" + made.schema.format;
      return made;
    }
    }
  }

private:
  // Rows that the buffers are made for: an array that says more is one that lies of its buffers.
  std::size_t rows(Made &made) const {
    if (made.array.length < 0 || made.array.offset < 0)
      return 0;
    made.array.length = std::min(made.array.length, longest);
    made.array.offset = std::min(made.array.offset, longest);
    return static_cast<std::size_t>(made.array.length + made.array.offset);
  }

  void validity(Made &made, std::size_t count) {
    made.array.buffers.push_back(bytes_.chance(2) ? table::Buffer() : table::buffer_of(bytes_.some(count / 8 + 1)));
  }

  // Now and then a buffer less, or a NULL.
  Made told(Made made) {
    if (!made.array.buffers.empty() && bytes_.chance(16))
      made.array.buffers.pop_back();
    if (made.array.buffers.size() > 1 && bytes_.chance(16))
      made.array.buffers.back() = {};
    if (!made.array.children.empty() && bytes_.chance(16))
      made.array.children.pop_back();
    return made;
  }

  Made fixed(Made made) {
    const Plain &form = plain[bytes_.byte() % plain.size()];
    made.schema.format = form.format;
    const std::size_t count = rows(made);
    validity(made, count);
    made.array.buffers.push_back(table::buffer_of(bytes_.some(form.bytes == 0 ? count / 8 + 1 : count * form.bytes)));
    return told(std::move(made));
  }

  // Offsets that mostly rise, up to `most`; what they reach.
  template <class Offset> std::int64_t offsets(Made &made, std::size_t count, std::int64_t most) {
    std::vector<Offset> values;
    std::int64_t at = 0, reached = 0;
    for (std::size_t i = 0; i <= count; ++i) {
      at += bytes_.chance(32) ? -1 : bytes_.byte() % 4;
      at = std::min(at, most);
      reached = std::max(reached, at);
      values.push_back(static_cast<Offset>(at));
    }
    made.array.buffers.push_back(table::buffer_of(std::move(values)));
    return reached;
  }

  Made text(Made made) {
    const std::size_t count = rows(made);
    validity(made, count);
    const bool large = bytes_.chance(2);
    made.schema.format = large ? "U" : "u";
    const std::int64_t reached =
        large ? offsets<std::int64_t>(made, count, 1'000) : offsets<std::int32_t>(made, count, 1'000);
    made.array.buffers.push_back(table::buffer_of(bytes_.some(static_cast<std::size_t>(reached) + 1)));
    return told(std::move(made));
  }

  void add(Made &made, Made child) {
    made.schema.children.push_back(std::move(child.schema));
    made.array.children.push_back(std::move(child.array));
  }

  Made list(Made made, int depth) {
    const std::size_t count = rows(made);
    validity(made, count);
    if (bytes_.chance(3)) {
      made.schema.format = "+w:" + std::to_string(bytes_.byte() % 4);
    } else if (bytes_.chance(2)) {
      made.schema.format = "+l";
      offsets<std::int32_t>(made, count, 64);
    } else {
      made.schema.format = "+L";
      offsets<std::int64_t>(made, count, 64);
    }
    add(made, make(depth + 1));
    return told(std::move(made));
  }

  Made map(Made made, int depth) {
    const std::size_t count = rows(made);
    validity(made, count);
    made.schema.format = "+m";
    offsets<std::int32_t>(made, count, 64);
    add(made, make(depth + 1));
    return told(std::move(made));
  }

  Made structure(Made made, int depth) {
    validity(made, rows(made));
    made.schema.format = "+s";
    for (int i = bytes_.byte() % 3; i >= 0; --i)
      add(made, make(depth + 1));
    return told(std::move(made));
  }

  Made encoded(Made made, int depth) {
    made = fixed(std::move(made));
    Made values = make(depth + 1);
    made.schema.dictionary.push_back(std::move(values.schema));
    if (!bytes_.chance(16))
      made.array.dictionary.push_back(std::move(values.array));
    return made;
  }

  Made views(Made made, int depth) {
    const std::size_t count = rows(made);
    validity(made, count);
    made.schema.format = "+vl";
    for (int i = 0; i < 2; ++i) {
      std::vector<std::int32_t> values;
      for (std::size_t row = 0; row < count; ++row)
        values.push_back(static_cast<std::int32_t>(bytes_.number()));
      made.array.buffers.push_back(table::buffer_of(std::move(values)));
    }
    add(made, make(depth + 1));
    return told(std::move(made));
  }

  Made runs(Made made, int depth) {
    rows(made);
    made.schema.format = "+r";
    add(made, make(6));
    add(made, make(depth + 1));
    return told(std::move(made));
  }

  Made text_views(Made made) {
    const std::size_t count = rows(made);
    validity(made, count);
    made.schema.format = "vu";
    std::vector<std::array<std::int32_t, 4>> held;
    for (std::size_t row = 0; row < count; ++row)
      held.push_back({static_cast<std::int32_t>(bytes_.number()), static_cast<std::int32_t>(bytes_.number()),
                      static_cast<std::int32_t>(bytes_.number()), static_cast<std::int32_t>(bytes_.number())});
    made.array.buffers.push_back(table::buffer_of(std::move(held)));
    const std::size_t texts = bytes_.byte() % 3;
    std::vector<std::int64_t> lengths;
    for (std::size_t i = 0; i < texts; ++i) {
      lengths.push_back(bytes_.byte() % 32);
      made.array.buffers.push_back(table::buffer_of(bytes_.some(static_cast<std::size_t>(lengths.back()) + 1)));
    }
    lengths.push_back(0);
    made.array.buffers.push_back(table::buffer_of(std::move(lengths)));
    return made;
  }

  Bytes &bytes_;
};

std::shared_ptr<const dmn::Decision> decision() {
  static const char *const xml =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="m" namespace="urn:m">
<itemDefinition name="t"><itemComponent name="x"><typeRef>number</typeRef></itemComponent>
<itemComponent name="y"><typeRef>string</typeRef></itemComponent></itemDefinition>
<inputData id="i1" name="x"><variable name="x"/></inputData>
<inputData id="i2" name="y"><variable name="y" typeRef="number"/></inputData>
<inputData id="i3" name="z"><variable name="z" typeRef="t"/></inputData>
<decision id="e" name="e"><variable name="e"/><informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>
<informationRequirement><requiredInput href="#i3"/></informationRequirement>
<literalExpression><text>{tout: x, plus: y + 1, nom: z.y, liste: [z.x, y]}</text></literalExpression></decision></definitions>)";
  static const auto prepared = dmn::Model::load({{"m.dmn", xml}})->decision("e");
  return prepared;
}

// A stream of the one batch made.
struct Given {
  Made batch;
  bool given = false;

  ArrowArrayStream stream() {
    ArrowArrayStream stream{};
    stream.get_schema = [](ArrowArrayStream *self, ArrowSchema *out) {
      table::give(*out, of(self).batch.schema);
      return 0;
    };
    stream.get_next = [](ArrowArrayStream *self, ArrowArray *out) {
      out->release = nullptr;
      if (!std::exchange(of(self).given, true))
        table::give(*out, of(self).batch.array);
      return 0;
    };
    stream.get_last_error = [](ArrowArrayStream *) { return static_cast<const char *>(nullptr); };
    stream.release = [](ArrowArrayStream *self) { self->release = nullptr; };
    stream.private_data = this;
    return stream;
  }
  static Given &of(ArrowArrayStream *self) { return *static_cast<Given *>(self->private_data); }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  Bytes bytes(data, size);
  Given given;
  given.batch.schema.format = "+s";
  given.batch.array.length = std::min<std::int64_t>(bytes.number(), 1'000);
  given.batch.array.offset = bytes.chance(4) ? bytes.number() : 0;
  given.batch.array.buffers.emplace_back();
  Maker maker(bytes);
  for (int i = bytes.byte() % 3; i >= 0; --i) {
    Made column = maker.make(0);
    given.batch.schema.children.push_back(std::move(column.schema));
    given.batch.array.children.push_back(std::move(column.array));
  }
  const std::int64_t rows = given.batch.array.length;
  ArrowArrayStream stream = given.stream(), answer{};
  table::Options options;
  options.threads = 1;
  options.ignorer = bytes.chance(2);
  options.regle = options.motif = bytes.chance(2);
  if (bytes.chance(2))
    options.garder = {"x"};
  dmn::EvaluateOptions limits;
  limits.limits = fuzz::short_runs();
  try {
    table::evaluate(answer, decision(), stream, options, limits);
  } catch (const Error &) {
    fuzz::promise(answer.release == nullptr && stream.release == nullptr, "a refused table is given back");
    return 0;
  }
  std::int64_t answered = 0;
  ArrowArray batch{};
  int failed = 0;
  while ((failed = answer.get_next(&answer, &batch)) == 0 && batch.release != nullptr) {
    answered += batch.length;
    batch.release(&batch);
  }
  fuzz::promise(failed != 0 || answered == rows, "each row is answered");
  answer.release(&answer);
  return 0;
}
