import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes out what javac leaves to be made at run time: lambdas, which case of a switch over types
 * it is, and whether two records are the same. The AOT cache keeps lambdas that a training run came
 * by, and nothing of the others, so that a start would spin hidden classes and method handles for
 * them, and C1 does not compile those as well as code.
 *
 * <p>What the code does is what {@link java.lang.runtime.SwitchBootstraps} and {@link
 * java.lang.runtime.ObjectMethods} promise; for lambdas see {@link DirectLambda}. Switches with
 * other labels than types, and records' texts, stay as javac made them.
 */
final class DirectCode {
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private final ClassFile classFile;
  private final ClassModel model;
  private final ClassDesc owner;
  private final boolean inInterface;

  /** The methods to add, by what they do; a body may be written more than once. */
  private final Map<Call, String> added = new LinkedHashMap<>();

  /** The classes of lambdas, by their name. */
  private final Map<ClassDesc, DirectLambda> lambdas = new LinkedHashMap<>();

  /**
   * A class whose code is written out.
   *
   * @param bytes the class
   * @param lambdas the classes of its lambdas, by their name
   * @param nestHost the class that must list these as members of its nest
   */
  record Written(byte[] bytes, Map<ClassDesc, byte[]> lambdas, ClassDesc nestHost) {}

  /** What an instruction asks for. */
  private record Call(String name, MethodTypeDesc type, List<ConstantDesc> arguments) {}

  private DirectCode(ClassFile classFile, ClassModel model) {
    this.classFile = classFile;
    this.model = model;
    this.owner = model.thisClass().asSymbol();
    this.inInterface = model.flags().has(AccessFlag.INTERFACE);
  }

  /**
   * The class with its code written out; empty where there is nothing to write out.
   *
   * @param withLambdas whether lambdas are written out, too; before Java 11 there were no nests, in
   *     which they could call what is private
   */
  static Optional<Written> of(ClassFile classFile, byte[] bytes, boolean withLambdas) {
    return new DirectCode(classFile, classFile.parse(bytes)).written(withLambdas);
  }

  /** A class of the same nest, with members more. */
  static byte[] withNestMembers(ClassFile classFile, byte[] host, Collection<ClassDesc> more) {
    ClassModel model = classFile.parse(host);
    List<ClassDesc> members = new ArrayList<>();
    model
        .findAttribute(Attributes.nestMembers())
        .ifPresent(nest -> nest.nestMembers().forEach(each -> members.add(each.asSymbol())));
    members.addAll(more);
    return classFile.transformClass(
        model,
        ClassTransform.dropping(element -> element instanceof NestMembersAttribute)
            .andThen(
                ClassTransform.endHandler(
                    builder -> builder.with(NestMembersAttribute.ofSymbols(members)))));
  }

  private Optional<Written> written(boolean lambdasToo) {
    boolean withLambdas = lambdasToo && model.majorVersion() >= ClassFile.JAVA_11_VERSION;
    ClassTransform calls =
        ClassTransform.transformingMethodBodies((builder, element) -> {
          Optional<DirectLambda> lambda =
              withLambdas && element instanceof InvokeDynamicInstruction dynamic
                  ? DirectLambda.of(dynamic)
                  : Optional.empty();
          if (lambda.isPresent()) {
            ClassDesc name = owner.nested("$L" + lambdas.size());
            lambdas.put(name, lambda.get());
            builder.invokestatic(name, DirectLambda.MAKE, lambda.get().makeType());
          } else if (element instanceof InvokeDynamicInstruction dynamic && isKnown(dynamic)) {
            Call call =
                new Call(
                    dynamic.name().stringValue(), dynamic.typeSymbol(), dynamic.bootstrapArgs());
            String name = added.computeIfAbsent(call, c -> c.name() + "$direct" + added.size());
            builder.invokestatic(owner, name, call.type(), inInterface);
          } else {
            builder.with(element);
          }
        });
    byte[] bytes =
        classFile.transformClass(
            model,
            calls.andThen(
                ClassTransform.endHandler(builder ->
                    added.forEach((call, name) ->
                        builder.withMethodBody(
                            name,
                            call.type(),
                            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                            code -> write(code, call))))));
    if (added.isEmpty() && lambdas.isEmpty()) {
      return Optional.empty();
    }
    ClassDesc nestHost =
        model
            .findAttribute(Attributes.nestHost())
            .map(host -> host.nestHost().asSymbol())
            .orElse(owner);
    Map<ClassDesc, byte[]> classes = new LinkedHashMap<>();
    lambdas.forEach((name, lambda) -> classes.put(name, lambda.write(classFile, name, nestHost)));
    return Optional.of(new Written(bytes, classes, nestHost));
  }

  private static boolean isKnown(InvokeDynamicInstruction dynamic) {
    DirectMethodHandleDesc bootstrap = dynamic.bootstrapMethod();
    String by = bootstrap.owner().displayName() + "." + bootstrap.methodName();
    return switch (by) {
      case "SwitchBootstraps.typeSwitch" ->
          dynamic.bootstrapArgs().stream().allMatch(DirectCode::isType);
      case "ObjectMethods.bootstrap" -> !dynamic.name().equalsString("toString");
      default -> false;
    };
  }

  private static boolean isType(ConstantDesc label) {
    return label instanceof ClassDesc type && !type.isPrimitive();
  }

  private static void write(CodeBuilder code, Call call) {
    switch (call.name()) {
      case "typeSwitch" -> typeSwitch(code, call.arguments());
      case "hashCode" -> hash(code, call.arguments());
      case "equals" -> same(code, (ClassDesc) call.arguments().getFirst(), call.arguments());
      default -> throw new IllegalStateException("nobody knows how to write " + call.name());
    }
  }

  /** The number of the first label from the given one on that the value is of; -1 for null. */
  private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  /** The getters of a record's fields: after its class and the fields' names. */
  private static List<DirectMethodHandleDesc> getters(List<ConstantDesc> arguments) {
    return arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
  }

  private static void field(CodeBuilder code, int record, DirectMethodHandleDesc getter) {
    code.aload(record)
        .getfield(getter.owner(), getter.methodName(), getter.invocationType().returnType());
  }

  private static void hash(CodeBuilder code, List<ConstantDesc> arguments) {
    code.iconst_0();
    for (DirectMethodHandleDesc getter : getters(arguments)) {
      ClassDesc type = getter.invocationType().returnType();
      code.loadConstant(31).imul();
      field(code, 0, getter);
      code.invokestatic(
          type.isPrimitive() ? DirectLambda.wrapper(type) : OBJECTS,
          "hashCode",
          MethodTypeDesc.of(
              ConstantDescs.CD_int, type.isPrimitive() ? type : ConstantDescs.CD_Object));
      code.iadd();
    }
    code.ireturn();
  }

  private static void same(CodeBuilder code, ClassDesc record, List<ConstantDesc> arguments) {
    Label others = code.newLabel();
    Label differ = code.newLabel();
    code.aload(0).aload(1).if_acmpne(others).iconst_1().ireturn().labelBinding(others);
    code.aload(1).instanceOf(record).ifeq(differ);
    code.aload(1).checkcast(record).astore(2);
    for (DirectMethodHandleDesc getter : getters(arguments)) {
      ClassDesc type = getter.invocationType().returnType();
      field(code, 0, getter);
      field(code, 2, getter);
      switch (TypeKind.from(type)) {
        case INT, BOOLEAN, BYTE, CHAR, SHORT -> code.if_icmpne(differ);
        case LONG -> code.lcmp().ifne(differ);
        case FLOAT, DOUBLE ->
            code.invokestatic(
                    DirectLambda.wrapper(type),
                    "compare",
                    MethodTypeDesc.of(ConstantDescs.CD_int, type, type))
                .ifne(differ);
        case REFERENCE ->
            code.invokestatic(
                    OBJECTS,
                    "equals",
                    MethodTypeDesc.of(
                        ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object))
                .ifeq(differ);
        case VOID -> throw new IllegalStateException("no field is void");
      }
    }
    code.iconst_1().ireturn().labelBinding(differ).iconst_0().ireturn();
  }
}
