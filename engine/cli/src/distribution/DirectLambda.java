import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A lambda or method reference written out as a class, as javac writes an anonymous class: a start
 * that comes by it for the first time loads a class from the AOT cache, where it would have spun
 * one otherwise, which takes up to 2 ms. The cache keeps what the JDK spins only for what a
 * training run came by, and none comes by what only real machines answer.
 *
 * <p>What the class does is what {@link java.lang.invoke.LambdaMetafactory} promises.
 *
 * @param made the interface that it implements
 * @param name the method of it
 * @param captured what the lambda holds
 * @param erased the type of that method
 * @param actual the same with the types that the lambda is for
 * @param code what the method calls
 */
record DirectLambda(
    ClassDesc made,
    String name,
    List<ClassDesc> captured,
    MethodTypeDesc erased,
    MethodTypeDesc actual,
    DirectMethodHandleDesc code) {

  /** The method of the written class that makes an instance, from what it holds. */
  static final String MAKE = "make";

  /**
   * The lambda that an instruction asks for; empty where it is none, or of a kind left to the JDK.
   */
  static Optional<DirectLambda> of(InvokeDynamicInstruction dynamic) {
    DirectMethodHandleDesc bootstrap = dynamic.bootstrapMethod();
    if (!bootstrap.owner().displayName().equals("LambdaMetafactory")
        || !bootstrap.methodName().equals("metafactory")) {
      return Optional.empty();
    }
    List<ConstantDesc> arguments = dynamic.bootstrapArgs();
    MethodTypeDesc site = dynamic.typeSymbol();
    DirectLambda lambda =
        new DirectLambda(
            site.returnType(),
            dynamic.name().stringValue(),
            site.parameterList(),
            (MethodTypeDesc) arguments.get(0),
            (MethodTypeDesc) arguments.get(2),
            (DirectMethodHandleDesc) arguments.get(1));
    return lambda.isWritable() ? Optional.of(lambda) : Optional.empty();
  }

  MethodTypeDesc makeType() {
    return MethodTypeDesc.of(made, captured);
  }

  private ClassDesc returned() {
    return code.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR
        ? code.owner()
        : code.invocationType().returnType();
  }

  private boolean isWritable() {
    List<ClassDesc> given = new ArrayList<>(captured);
    given.addAll(actual.parameterList());
    List<ClassDesc> wanted = code.invocationType().parameterList();
    if (given.size() != wanted.size()) {
      return false;
    }
    for (int i = 0; i < given.size(); i++) {
      if (!isConvertible(given.get(i), wanted.get(i))) {
        return false;
      }
    }
    return erased.returnType().equals(ConstantDescs.CD_void)
        || isConvertible(returned(), erased.returnType());
  }

  /** Where a number would also become a wider one, the JDK does it. */
  private static boolean isConvertible(ClassDesc from, ClassDesc to) {
    return to.isPrimitive() == from.isPrimitive()
        ? !to.isPrimitive() || from.equals(to)
        : from.isPrimitive() || from.equals(wrapper(to));
  }

  /** The class, as a member of the nest that its owner is in. */
  byte[] write(ClassFile classFile, ClassDesc name, ClassDesc nestHost) {
    return classFile.build(
        name,
        written -> {
          written
              .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC)
              .withSuperclass(ConstantDescs.CD_Object)
              .withInterfaceSymbols(made)
              .with(NestHostAttribute.of(nestHost));
          for (int i = 0; i < captured.size(); i++) {
            written.withField(
                field(i), captured.get(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
          }
          MethodTypeDesc holding = MethodTypeDesc.of(ConstantDescs.CD_void, captured);
          written
              .withMethodBody(
                  ConstantDescs.INIT_NAME, holding, ClassFile.ACC_PRIVATE, body -> hold(body, name))
              .withMethodBody(
                  MAKE,
                  makeType(),
                  ClassFile.ACC_STATIC,
                  body -> {
                    body.new_(name).dup();
                    for (int i = 0; i < captured.size(); i++) {
                      body.loadLocal(TypeKind.from(captured.get(i)), body.parameterSlot(i));
                    }
                    body.invokespecial(name, ConstantDescs.INIT_NAME, holding).areturn();
                  })
              .withMethodBody(this.name, erased, ClassFile.ACC_PUBLIC, body -> call(body, name));
        });
  }

  private static String field(int index) {
    return "held" + index;
  }

  private void hold(CodeBuilder body, ClassDesc name) {
    body.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
    for (int i = 0; i < captured.size(); i++) {
      body.aload(0)
          .loadLocal(TypeKind.from(captured.get(i)), body.parameterSlot(i))
          .putfield(name, field(i), captured.get(i));
    }
    body.return_();
  }

  private void call(CodeBuilder body, ClassDesc name) {
    if (code.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR) {
      body.new_(code.owner()).dup();
    }
    List<ClassDesc> wanted = code.invocationType().parameterList();
    for (int i = 0; i < captured.size(); i++) {
      body.aload(0).getfield(name, field(i), captured.get(i));
      convert(body, captured.get(i), wanted.get(i));
    }
    for (int i = 0; i < erased.parameterCount(); i++) {
      ClassDesc given = erased.parameterType(i);
      body.loadLocal(TypeKind.from(given), body.parameterSlot(i));
      convert(body, given, wanted.get(captured.size() + i));
    }
    invoke(body);
    ClassDesc returned = returned();
    if (erased.returnType().equals(ConstantDescs.CD_void)) {
      switch (TypeKind.from(returned).slotSize()) {
        case 1 -> body.pop();
        case 2 -> body.pop2();
        default -> {}
      }
      body.return_();
    } else {
      convert(body, returned, erased.returnType());
      body.return_(TypeKind.from(erased.returnType()));
    }
  }

  private void invoke(CodeBuilder body) {
    ClassDesc owner = code.owner();
    String method = code.methodName();
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(code.lookupDescriptor());
    switch (code.kind()) {
      case STATIC -> body.invokestatic(owner, method, type, false);
      case INTERFACE_STATIC -> body.invokestatic(owner, method, type, true);
      // Who is in the same nest calls a private method as any other.
      case VIRTUAL, SPECIAL -> body.invokevirtual(owner, method, type);
      case INTERFACE_VIRTUAL, INTERFACE_SPECIAL -> body.invokeinterface(owner, method, type);
      case CONSTRUCTOR -> body.invokespecial(owner, ConstantDescs.INIT_NAME, type);
      default -> throw new IllegalStateException("no lambda calls " + code);
    }
  }

  private static void convert(CodeBuilder body, ClassDesc from, ClassDesc to) {
    if (from.equals(to) || to.equals(ConstantDescs.CD_Object) && !from.isPrimitive()) {
      return;
    }
    if (from.isPrimitive()) {
      ClassDesc wrapper = wrapper(from);
      body.invokestatic(wrapper, "valueOf", MethodTypeDesc.of(wrapper, from));
    } else if (to.isPrimitive()) {
      ClassDesc wrapper = wrapper(to);
      body.checkcast(wrapper)
          .invokevirtual(wrapper, to.displayName() + "Value", MethodTypeDesc.of(to));
    } else {
      body.checkcast(to);
    }
  }

  /** The class whose instances hold values of a primitive type. */
  static ClassDesc wrapper(ClassDesc primitive) {
    String name =
        switch (primitive.displayName()) {
          case "int" -> "Integer";
          case "char" -> "Character";
          case String other -> Character.toUpperCase(other.charAt(0)) + other.substring(1);
        };
    return ClassDesc.of("java.lang." + name);
  }
}
