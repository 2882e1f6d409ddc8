// What tables and boxed contexts tell while a trace is wanted.
#pragma once

#include "spie/dmn/trace.hpp"
#include "spie/feel/evaluation.hpp"

namespace spie::dmn {

class Recorder final : public feel::Observer {
public:
  void entry(const std::string &name, const feel::Value &value) override {
    if (current != nullptr)
      current->entries.push_back({name, value});
  }
  void table(TableTrace &&trace) {
    if (current != nullptr)
      current->tables.push_back(std::move(trace));
  }
  DecisionTrace *current = nullptr;
};

} // namespace spie::dmn
