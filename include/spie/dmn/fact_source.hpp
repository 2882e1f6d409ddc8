// Facts in a caller's own form (a value, a dictionary of another language), read where they stand: what reads them
// makes each value once, in the shape that the model asks for.
#pragma once

#include "spie/feel/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace spie::dmn {

class FactSource {
public:
  using Node = const void *; // a part of what is given; the source alone knows what stands there
  enum class Shape : std::uint8_t { whole, list, context };
  struct Entry {
    std::string_view name;
    Node node;
  };

  FactSource() = default;
  virtual ~FactSource() = default;
  FactSource(const FactSource &) = delete;
  FactSource &operator=(const FactSource &) = delete;

  virtual Shape shape(Node node) = 0;
  // The part as one value; `depth` containers hold it. May throw Error: it stands for no value.
  virtual feel::Value value(Node node, int depth) = 0;
  virtual std::size_t size(Node list) = 0;
  virtual Node item(Node list, std::size_t index) = 0;
  // Replaces `into` by the entries of a context, each name once.
  virtual void entries(Node context, std::vector<Entry> &into) = 0;
};

// Facts that are values already; a node is a const feel::Value *.
class ValueFacts final : public FactSource {
public:
  Shape shape(Node node) override {
    const feel::Kind kind = at(node).kind();
    return kind == feel::Kind::list ? Shape::list : kind == feel::Kind::context ? Shape::context : Shape::whole;
  }
  feel::Value value(Node node, int /*depth*/) override { return at(node); }
  std::size_t size(Node list) override { return at(list).list().size(); }
  Node item(Node list, std::size_t index) override { return &at(list).list()[index]; }
  void entries(Node context, std::vector<Entry> &into) override {
    into.clear();
    for (const auto &[name, value] : at(context).context())
      into.push_back({name, &value});
  }

private:
  static const feel::Value &at(Node node) { return *static_cast<const feel::Value *>(node); }
};

} // namespace spie::dmn
