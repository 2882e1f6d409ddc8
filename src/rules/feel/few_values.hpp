// A few values on the stack: as many are made as are asked for, and no memory is taken for them.
#pragma once

#include "spie/feel/value.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <span>

namespace spie::feel {

template <std::size_t Most> class FewValues {
public:
  explicit FewValues(std::size_t count) : count_(count) { std::uninitialized_default_construct_n(first(), count_); }
  ~FewValues() { std::destroy_n(first(), count_); }
  FewValues(const FewValues &) = delete;
  FewValues &operator=(const FewValues &) = delete;
  std::span<Value> all() noexcept { return {first(), count_}; }

private:
  Value *first() noexcept { return std::launder(reinterpret_cast<Value *>(room_.data())); }
  alignas(Value) std::array<std::byte, Most * sizeof(Value)> room_;
  std::size_t count_; // at most Most
};

} // namespace spie::feel
