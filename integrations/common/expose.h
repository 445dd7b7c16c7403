// Gives access to private members of a framework's classes, for facts that the
// framework does not tell otherwise.
//
//   struct FamilyName {
//     using Member = std::string Benchmark::*;
//     friend Member MemberOf(FamilyName);
//   };
//   template struct Expose<FamilyName, &Benchmark::name_>;
//   // then: benchmark->*MemberOf(FamilyName())
//
// The arguments of an explicit instantiation are not subject to access checks
// ([temp.explicit]).
#ifndef BENCH_PROFILER_INTEGRATIONS_COMMON_EXPOSE_H_
#define BENCH_PROFILER_INTEGRATIONS_COMMON_EXPOSE_H_

namespace bench_profiler {

template <class Tag, typename Tag::Member member>
struct Expose {
  friend typename Tag::Member MemberOf(Tag) { return member; }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTEGRATIONS_COMMON_EXPOSE_H_
